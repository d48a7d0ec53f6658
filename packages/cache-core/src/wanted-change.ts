import type { EntryStore } from './entry-store.js'

/** A change that a caller asks for. */
export interface WantedChange<T> {
  readonly make: (store: EntryStore) => Promise<T>
  /** Notes that it was not made; answers what the caller is told. */
  readonly miss: () => T
}
