import type { CacheRole, CacheServing } from './cache-statistics.js'
import type { CacheWarning } from './cache-warning.js'
import type { Change } from './change.js'
import type { EntryStore } from './entry-store.js'
import type { OutboxItem } from './sharing/outbox.js'

/** The place of this process at a directory: it owns the store, or follows the owner. */
export interface Seat {
  readonly role: CacheRole
  readonly serving: CacheServing
  readonly store: EntryStore
  /** One more with each new owner of the directory. */
  readonly epoch: number
  /** Why the entries that were there had to be given up, if they had. */
  readonly damage?: string | undefined
  /** Begins to serve, or to listen; answers why others cannot be served, if they cannot. */
  start(): Promise<unknown>
  /** Whether the directory is still the one that was opened: not removed, not replaced. */
  isInPlace(): Promise<boolean>
  /** Does what is to be done about once a second. */
  wake(): Promise<void>
  /** Gives the place up. After a failure nobody is told what came of his requests any more. */
  leave(hasFailed: boolean): Promise<void>
}

/** Whom a seat tells what happens to it. */
export interface SeatListener {
  /** A change will never be written. */
  onLost(change: Change): void
  /** Entries were removed to stay below the size limit. */
  onEvict(count: number): void
  /** The store cannot go on. */
  onFailure(error: unknown): void
  /** The directory is not the one any more that was opened. */
  onReplaced(): void
  /** The owner does not answer, or a large value cannot be handed to it. */
  onTrouble(warning: CacheWarning): void
  /** The owner is gone; what it did not acknowledge is to be resumed elsewhere, in this order. */
  onEnd(unfinished: readonly OutboxItem[]): void
}
