import { EndedError, runAlone } from './run-alone.js'
import type { StoreParts } from './store-parts.js'
import { noFindings, type VerifyReport } from './verify-report.js'
import { verifyStore } from './verify-store.js'
import type { WriteQueue } from './write-queue.js'

/** Checks a store, one check at a time. */
export class Verifier {
  readonly #parts: StoreParts
  readonly #queue: WriteQueue
  #running: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(parts: StoreParts, queue: WriteQueue) {
    this.#parts = parts
    this.#queue = queue
  }

  /** Checks everything. */
  verify(signal: AbortSignal): Promise<VerifyReport> {
    return this.#inTurn(true, () => signal.throwIfAborted())
  }

  /** Checks metadata, indexes and the ledger after damage was found, unless somebody verifies everything anyway. */
  async recount(isStopped: () => boolean): Promise<void> {
    if (this.#waiting > 0) return
    const throwIfEnded = (): void => {
      if (isStopped()) throw new EndedError()
    }
    try {
      await this.#inTurn(false, throwIfEnded)
    } catch (error) {
      if (!(error instanceof EndedError)) throw error
    }
  }

  async #inTurn(readsValues: boolean, throwIfEnded: () => void): Promise<VerifyReport> {
    this.#waiting += 1
    const before = this.#running
    const check = (async () => {
      await Promise.allSettled([before])
      throwIfEnded()
      return await this.#check(readsValues, throwIfEnded)
    })()
    this.#running = check
    try {
      return await check
    } finally {
      this.#waiting -= 1
    }
  }

  async #check(readsValues: boolean, throwIfEnded: () => void): Promise<VerifyReport> {
    const { clock } = this.#parts
    const findings = noFindings()
    const start = clock.monotonic()
    const alone = <T>(step: () => Promise<T>) => runAlone(this.#queue, step)
    await verifyStore({ parts: this.#parts, findings, readsValues, alone, throwIfEnded })
    return { ...findings, durationMs: Math.round(clock.monotonic() - start) }
  }
}
