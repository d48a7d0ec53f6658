import type { CacheStore } from '@fsagent/cache-core'

/** Something that the store was asked to keep. */
export interface StartedWrite {
  readonly written: Promise<unknown>
  /** Memory that it holds until it is written, in bytes, roughly. */
  readonly bytes: number
}

/** Where there is nothing to be kept. */
export const NOTHING_TO_WRITE: StartedWrite = { written: Promise.resolve(), bytes: 0 }

/** So much may wait to be written, as for contents. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024

/**
 * Lets answers go out before the disk has what they were made of, which takes longer than to repair an entry.
 *
 * Whoever asks the store for a write does that before the answer is given, so that the store has it in order: what is
 * cleared or invalidated after the answer stays so, by whichever process, and reads of this process see it at once.
 */
export class LateWrites {
  readonly #store: CacheStore
  readonly #waiting = new Set<Promise<unknown>>()
  #bytes = 0

  constructor(store: CacheStore) {
    this.#store = store
  }

  /**
   * Resolves when the answer may be given: at once, unless very much waits already, or another process has the store, which
   * takes what others send it in its own order.
   */
  async letGo({ written, bytes }: StartedWrite): Promise<void> {
    const waiting = this.#follow(written, bytes)
    if (this.#bytes > MOST_WAITING_BYTES || this.#store.stats().role !== 'owner') await waiting
  }

  /** Resolves when nothing waits any more; what could not be written is a miss later. */
  async settled(): Promise<void> {
    while (this.#waiting.size > 0) await Promise.race(this.#waiting)
  }

  #follow(written: Promise<unknown>, bytes: number): Promise<unknown> {
    this.#bytes += bytes
    const waiting = Promise.allSettled([written]).finally(() => {
      this.#bytes -= bytes
      this.#waiting.delete(waiting)
    })
    this.#waiting.add(waiting)
    return waiting
  }
}
