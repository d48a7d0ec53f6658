import { randomInt } from 'node:crypto'
import { addressPrefix, type EntryAddress } from './entry-address.js'
import { textHash } from './text-hash.js'

/** Leases that are out at a time; the oldest ends when there is one more. */
const mostLeases = 16_384

/** The first number of a lease is below this: those of another store are other numbers, as good as certainly. */
const firstBelow = 2 ** 47

/** What a lease is on, by hashes: keys can be long. Leases on entries whose hashes are the same end together. */
interface Leased {
  readonly entry: number
  readonly namespace: number
}

/**
 * Leases, as memcached gives them: whoever computes the value of an entry takes one first, and its value is stored only
 * if nothing has changed the entry since. A value that was computed before a deletion never comes back after it.
 */
export class Leases {
  /** By number, the oldest first. */
  readonly #leased = new Map<number, Leased>()
  readonly #ofEntry = new Map<number, Set<number>>()
  #next = randomInt(1, firstBelow)

  /** A lease on an entry: a number that is not 0. */
  give({ address, namespace }: EntryAddress): number {
    const lease = this.#next
    this.#next += 1
    const leased = { entry: textHash(address), namespace: namespaceHash(namespace) }
    this.#leased.set(lease, leased)
    const others = this.#ofEntry.get(leased.entry)
    if (others === undefined) this.#ofEntry.set(leased.entry, new Set([lease]))
    else others.add(lease)
    if (this.#leased.size > mostLeases) this.#endOldest()
    return lease
  }

  /** Whether a lease still holds. */
  holds(lease: number): boolean {
    return this.#leased.has(lease)
  }

  /** Ends the leases on an entry, which is being changed. */
  end({ address }: EntryAddress): void {
    // Nearly always there are none, and then the address need not be hashed.
    if (this.#leased.size === 0) return
    for (const lease of this.#ofEntry.get(textHash(address)) ?? []) this.#end(lease)
  }

  /** Ends the leases on all entries of a namespace, or on all entries. */
  endAll(namespace: string | undefined): void {
    const hash = namespace === undefined ? undefined : namespaceHash(namespace)
    for (const [lease, leased] of this.#leased) if (hash === undefined || leased.namespace === hash) this.#end(lease)
  }

  #endOldest(): void {
    const [oldest] = this.#leased.keys()
    if (oldest !== undefined) this.#end(oldest)
  }

  #end(lease: number): void {
    const leased = this.#leased.get(lease)
    if (leased === undefined) return
    this.#leased.delete(lease)
    const others = this.#ofEntry.get(leased.entry)
    others?.delete(lease)
    if (others?.size === 0) this.#ofEntry.delete(leased.entry)
  }
}

function namespaceHash(namespace: string): number {
  return textHash(addressPrefix(namespace))
}
