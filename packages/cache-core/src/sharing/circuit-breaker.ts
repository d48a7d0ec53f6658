import type { Clock } from '../clock.js'

/** Timeouts in a row that open the breaker. */
const mostTimeouts = 3

const waits = { first: 1000, longest: 30_000 } as const

/** Keeps a follower from waiting for an owner that is slow again and again: after three timeouts it is not asked. */
export class CircuitBreaker {
  readonly #clock: Clock
  #timeouts = 0
  #wait: number = waits.first
  #openUntil = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isOpen(): boolean {
    return this.#clock.monotonic() < this.#openUntil
  }

  /** Notes that an answer did not come in time. */
  timedOut(): void {
    this.#timeouts += 1
    if (this.#timeouts < mostTimeouts) return
    this.#openUntil = this.#clock.monotonic() + this.#wait
    this.#wait = Math.min(this.#wait * 2, waits.longest)
  }

  /** Notes that an answer came in time. */
  answered(): void {
    this.#timeouts = 0
    this.#wait = waits.first
  }
}
