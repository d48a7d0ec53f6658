import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Chore } from './chore.js'
import { purgeCleared } from './garbage-purge.js'
import { recount } from './recount.js'
import type { StoreParts } from './store-parts.js'
import type { WriteQueue } from './write-queue.js'

/** Counts anew after damage, and removes what clearing put out of reach. */
export class ClearedChore implements Chore {
  readonly #parts: StoreParts
  readonly #queue: WriteQueue

  constructor(parts: StoreParts, queue: WriteQueue) {
    this.#parts = parts
    this.#queue = queue
  }

  async run(isStopped: () => boolean): Promise<void> {
    const { ledger } = this.#parts
    if (ledger.isSuspect) await this.#queue.run(() => recount(this.#parts), undefined)
    for (const namespaceId of ledger.garbage()) {
      while (!isStopped() && !(await this.#queue.run(() => purgeCleared(this.#parts, namespaceId), true)))
        await nextTurn()
    }
  }
}
