import type { AccessStamps } from './access-stamps.js'
import type { Chore } from './chore.js'
import { parseAddress } from './entry-address.js'
import type { WriteQueue } from './write-queue.js'

const stepLength = 512

/** Writes down the order of use. */
export class StampChore implements Chore {
  readonly #stamps: AccessStamps
  readonly #queue: WriteQueue

  constructor(stamps: AccessStamps, queue: WriteQueue) {
    this.#stamps = stamps
    this.#queue = queue
  }

  async run(): Promise<void> {
    const due = this.#stamps.due(stepLength)
    await Promise.all(
      due.map(([address, usedAt]) => this.#queue.push({ type: 'touch', usedAt, ...parseAddress(address) })),
    )
  }
}
