import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Chore } from './chore.js'
import { purgeCleared } from './garbage-purge.js'
import { recount } from './recount.js'
import type { StoreParts } from './store-parts.js'
import type { Verifier } from './verifier.js'
import type { WriteQueue } from './write-queue.js'

/** Counts anew after damage, and removes what clearing put out of reach. */
export class ClearedChore implements Chore {
  readonly #parts: StoreParts
  readonly #queue: WriteQueue
  readonly #verifier: Verifier

  constructor(parts: StoreParts, queue: WriteQueue, verifier: Verifier) {
    this.#parts = parts
    this.#queue = queue
    this.#verifier = verifier
  }

  async run(isStopped: () => boolean): Promise<void> {
    const { ledger, database } = this.#parts
    if (ledger.isSuspect && database.supports.explicitSnapshots) await this.#verifier.recount(isStopped)
    else if (ledger.isSuspect) await this.#queue.run(() => recount(this.#parts), undefined)
    for (const namespaceId of ledger.garbage()) {
      while (!isStopped() && !(await this.#queue.run(() => purgeCleared(this.#parts, namespaceId), true)))
        await nextTurn()
    }
  }
}
