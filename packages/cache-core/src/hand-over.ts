import type { EntryStore } from './entry-store.js'
import type { MissedChanges } from './missed-changes.js'
import type { OutboxItem } from './sharing/outbox.js'
import type { WantedChange } from './wanted-change.js'

/** What is to be done with the next store, or without one. */
type Waiting = (store: EntryStore | undefined) => void

/** What was asked for and waits for the next store, in its order: one queue across all changes of role. */
export class HandOver {
  readonly #missed: MissedChanges
  #unfinished: OutboxItem[] = []
  #waiting: Waiting[] = []

  constructor(missed: MissedChanges) {
    this.#missed = missed
  }

  /** Keeps what the last store did not acknowledge. */
  keep(unfinished: readonly OutboxItem[]): void {
    this.#unfinished.push(...unfinished)
  }

  /** Makes a change that is asked for while there is no store. */
  change<T>({ make, miss }: WantedChange<T>): Promise<T> {
    return new Promise((resolve) => {
      this.#waiting.push((store) => resolve(store === undefined ? miss() : make(store)))
    })
  }

  /** The store that comes next; `undefined` when there is none. */
  next(): Promise<EntryStore | undefined> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Hands everything to a store, the oldest first, or tells everybody that there is none. */
  drain(store: EntryStore | undefined): void {
    const [unfinished, waiting] = [this.#unfinished, this.#waiting]
    this.#unfinished = []
    this.#waiting = []
    // Missed while the last store was silent: later than what it did not acknowledge.
    const missed = store === undefined ? [] : this.#missed.take()
    for (const item of unfinished) item.resume(store)
    store?.apply(missed)
    for (const next of waiting) next(store)
  }
}
