import type { EntryAddress } from '../entry-address.js'
import type { EntryStore } from '../entry-store.js'

/** A change that was asked for and that the owner has not acknowledged. */
export interface OutboxItem {
  /** The entry that it changes, or `undefined` when it may change many. */
  readonly entry: EntryAddress | undefined
  /** Makes the change in the store that came after, or notes that it was missed when there is none. */
  readonly resume: (store: EntryStore | undefined) => void
  /** Tells the caller that there is no answer; the change may still happen. */
  readonly giveUp: () => void
  /** Whether the caller was told so. */
  readonly isGivenUp: boolean
  /** Whether the caller waits a while for an owner that is silent: only for what takes something away. */
  readonly isPatient: boolean
}

/** What a follower asked the owner to change and was not answered yet, in the order in which it was asked. */
export class Outbox {
  readonly #items = new Set<OutboxItem>()
  readonly #entries = new Map<string, number>()
  #wide = 0

  get size(): number {
    return this.#items.size
  }

  add(item: OutboxItem): void {
    this.#items.add(item)
    this.#count(item, 1)
  }

  /** Forgets an item; answers whether it was there. */
  settle(item: OutboxItem): boolean {
    const wasThere = this.#items.delete(item)
    if (wasThere) this.#count(item, -1)
    return wasThere
  }

  /** Whether a change is under way that may change this entry. */
  touches({ address }: EntryAddress): boolean {
    // A map hashes the address before it finds out that it is empty.
    return this.#wide > 0 || (this.#entries.size > 0 && this.#entries.has(address))
  }

  /** Tells callers that there is no answer: all of them, or only those that are not patient. */
  giveUp(which: 'impatient' | 'all'): void {
    for (const item of this.#items) if (which === 'all' || !item.isPatient) item.giveUp()
  }

  /** Empties the box; what was in it is to be resumed in this order. */
  take(): readonly OutboxItem[] {
    const items = [...this.#items]
    this.#items.clear()
    this.#entries.clear()
    this.#wide = 0
    return items
  }

  #count({ entry }: OutboxItem, change: 1 | -1): void {
    if (entry === undefined) {
      this.#wide += change
      return
    }
    const count = (this.#entries.get(entry.address) ?? 0) + change
    if (count === 0) this.#entries.delete(entry.address)
    else this.#entries.set(entry.address, count)
  }
}
