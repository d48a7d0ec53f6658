import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Chore } from './chore.js'
import { sweepExpired } from './expiry-sweep.js'
import type { StoreParts } from './store-parts.js'
import type { WriteQueue } from './write-queue.js'

/** Removes expired entries; knows when the next one expires, so that it looks only then. */
export class ExpiryChore implements Chore {
  readonly #parts: StoreParts
  readonly #queue: WriteQueue
  #nextExpiry = 0

  constructor(parts: StoreParts, queue: WriteQueue) {
    this.#parts = parts
    this.#queue = queue
  }

  /** Notes that an entry will expire, in milliseconds since the epoch; 0 means never. */
  expect(expiresAt: number): void {
    if (expiresAt !== 0 && expiresAt < this.#nextExpiry) this.#nextExpiry = expiresAt
  }

  async run(isStopped: () => boolean): Promise<void> {
    while (!isStopped() && this.#nextExpiry <= this.#parts.clock.now()) {
      this.#nextExpiry = Number.POSITIVE_INFINITY
      const next = await this.#queue.run(() => sweepExpired(this.#parts), Number.POSITIVE_INFINITY)
      this.expect(next)
      await nextTurn()
    }
  }
}
