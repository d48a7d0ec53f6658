import type { Change } from './change.js'
import type { EntryAddress } from './entry-address.js'
import { parseAddress } from './entry-address.js'

/** More missed entries than this are not listed one by one: then everything is cleared. */
const capacity = 10_000

/**
 * What could not be written while there was no store. The older values are still on disk and would come back with the
 * store, so they are removed before it answers again.
 */
export class MissedChanges {
  readonly #addresses = new Set<string>()
  readonly #namespaces = new Set<string>()
  #missedAll = false

  get isEmpty(): boolean {
    return !this.#missedAll && this.#addresses.size === 0 && this.#namespaces.size === 0
  }

  /** Notes a change that was not written. */
  add(change: Change): void {
    if (change.type === 'set' || change.type === 'delete') this.addEntry(change)
    else if (change.type === 'clear') this.addClear(change.namespace)
  }

  /** Notes that an entry was to be set or deleted. */
  addEntry({ address }: EntryAddress): void {
    if (this.#addresses.size < capacity) this.#addresses.add(address)
    else this.addClear(undefined)
  }

  /** Notes that a namespace was to be cleared, in whole or by a tag; all of them when there is no name. */
  addClear(namespace: string | undefined): void {
    if (namespace === undefined) this.#missedAll = true
    else this.#namespaces.add(namespace)
  }

  /** The changes that make up for what was missed; they are forgotten here. */
  take(): readonly Change[] {
    const clears = this.#missedAll ? [undefined] : [...this.#namespaces]
    const deletions = this.#missedAll ? [] : [...this.#addresses]
    this.#missedAll = false
    this.#namespaces.clear()
    this.#addresses.clear()
    return [
      ...clears.map((namespace): Change => ({ type: 'clear', namespace })),
      ...deletions.map((address): Change => ({ type: 'delete', value: undefined, ...parseAddress(address) })),
    ]
  }
}
