import type { EntryAddress } from '../entry-address.js'
import type { NewEntry } from '../new-entry.js'
import type { Link } from './link.js'
import { leasesSince } from './protocol.js'

/** The leases that an owner gives its follower. */
export class RemoteLeases {
  readonly #link: Link

  constructor(link: Link) {
    this.#link = link
  }

  /** Asks for a lease; 0 when the owner is of a version that gives none, `undefined` when it does not answer. */
  async give(entry: EntryAddress): Promise<number | undefined> {
    if (this.#link.version < leasesSince) return 0
    const reply = await this.#link.read({ type: 'lease', entry })
    return reply?.type === 'result' ? reply.value : undefined
  }

  /** Whether the owner knows what to do with the lease of a value, which another one may have given. */
  understands({ lease = 0 }: NewEntry): boolean {
    return lease === 0 || this.#link.version >= leasesSince
  }
}
