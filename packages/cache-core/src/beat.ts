import type { Clock } from './clock.js'

/** Milliseconds between two beats. */
export const beatEvery = 1000

/** Milliseconds of the wall clock after which the other one is asked. */
const askEvery = 100

/** Says when it is time to look whether the directory is still there, or to try again: about once a second, on use. */
export class Beat {
  readonly #clock: Clock
  #dueAt = 0
  #askedAt = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether it is time; if so, the next time is a second from now. */
  take(): boolean {
    const isDue = this.#clock.monotonic() >= this.#dueAt
    if (isDue) this.restart()
    return isDue
  }

  /**
   * Whether it can be time, judged by the wall clock, which may be set: at most a tenth of a second late. For who has
   * looked at that clock anyway; asking the other one, too, takes a twentieth of a hit in memory.
   */
  mayBeDue(now: number): boolean {
    if (Math.abs(now - this.#askedAt) < askEvery) return false
    this.#askedAt = now
    return true
  }

  /** The next time is a second from now. */
  restart(): void {
    this.#dueAt = this.#clock.monotonic() + beatEvery
  }

  /** The next time is now. */
  hurry(): void {
    this.#dueAt = 0
  }
}
