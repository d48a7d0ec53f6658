import { randomInt } from 'node:crypto'

/** Leases that are out at a time; the oldest ends when there is one more. */
const mostLeases = 16_384

/** The first number of a lease is below this: those of other stores are other numbers for certain, or nearly so. */
const firstBelow = 2 ** 47

/**
 * Leases, as memcached gives them: whoever computes the value of an entry takes one first, and its value is stored only
 * if nothing has changed the entry since. A value that was computed before a deletion never comes back after it.
 */
export class Leases {
  /** The address of each lease's entry, the oldest first. */
  readonly #addresses = new Map<number, string>()
  readonly #byAddress = new Map<string, number[]>()
  #next = randomInt(1, firstBelow)

  /** A lease on an entry: a number that is not 0. */
  give(address: string): number {
    const lease = this.#next
    this.#next += 1
    this.#addresses.set(lease, address)
    this.#byAddress.set(address, [...(this.#byAddress.get(address) ?? []), lease])
    if (this.#addresses.size > mostLeases) this.#endOldest()
    return lease
  }

  /** Whether a lease on an entry still holds. */
  holds(lease: number, address: string): boolean {
    return this.#addresses.get(lease) === address
  }

  /** Ends the leases on an entry, which is being changed. */
  end(address: string): void {
    // A map hashes the address before it finds out that it is empty.
    if (this.#byAddress.size === 0) return
    for (const lease of this.#byAddress.get(address) ?? []) this.#addresses.delete(lease)
    this.#byAddress.delete(address)
  }

  /** Ends the leases on all entries whose address begins so. */
  endBelow(prefix: string): void {
    for (const address of this.#byAddress.keys()) if (address.startsWith(prefix)) this.end(address)
  }

  #endOldest(): void {
    const [oldest] = this.#addresses
    if (oldest === undefined) return
    const [lease, address] = oldest
    this.#addresses.delete(lease)
    const others = (this.#byAddress.get(address) ?? []).filter((other) => other !== lease)
    if (others.length === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, others)
  }
}
