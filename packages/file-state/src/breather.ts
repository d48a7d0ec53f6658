import { setImmediate } from 'node:timers/promises'

const workMs = 10

/** Lets the event loop turn from time to time during long work on the calling thread. */
export class Breather {
  #since = performance.now()

  /** Whether ten milliseconds of work have passed since the last pause. */
  get isDue(): boolean {
    return performance.now() - this.#since >= workMs
  }

  /** Waits for one turn of the event loop. */
  async pause(): Promise<void> {
    await setImmediate()
    this.#since = performance.now()
  }
}
