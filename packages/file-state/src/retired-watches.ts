import { setTimeout as delay } from 'node:timers/promises'
import type { DirectoryWatch } from './directory-watch.js'
import type { EventQueue } from './event-queue.js'

const largestBatch = 1_000
const trustedMs = 2
const retryMs = 100

/**
 * Closes watches without making the counting of events blind.
 *
 * Events that are in the queue when their watch is closed are thrown away uncounted, so that the queue could overflow
 * unnoticed. Therefore a batch is closed only right after the queue was drained: in two milliseconds it cannot fill to a
 * half. Until then what a retired watch delivers is counted like anything else.
 */
export class RetiredWatches {
  readonly #queue: EventQueue
  #watches: DirectoryWatch[] = []
  #isClosing = false

  constructor(queue: EventQueue) {
    this.#queue = queue
  }

  add(watch: DirectoryWatch): void {
    watch.isRetired = true
    watch.names = undefined
    this.#watches.push(watch)
    if (this.#isClosing) return
    this.#isClosing = true
    void this.#closeInBatches()
  }

  /** Closes all at once; the caller says that events may have been lost. */
  closeAll(): void {
    for (const watch of this.#watches) watch.close()
    this.#watches = []
  }

  async #closeInBatches(): Promise<void> {
    const batch = Math.max(1, Math.min(largestBatch, Math.floor(this.#queue.capacity / 8)))
    while (this.#watches.length > 0) {
      const startedMs = performance.now()
      await this.#queue.drained()
      let closed = 0
      while (closed < batch && performance.now() - startedMs < trustedMs) {
        const watch = this.#watches.pop()
        if (watch === undefined) break
        watch.close()
        closed += 1
      }
      await (closed > 0 ? this.#queue.expectHidden(closed) : delay(retryMs, undefined, { ref: false }))
    }
    this.#isClosing = false
  }
}
