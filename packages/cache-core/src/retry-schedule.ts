import type { Clock } from './clock.js'
import type { StorageFailure } from './level-database.js'

const waits = { occupied: 1000, first: 1000, longest: 30_000 } as const

/** A store that worked for this long, in milliseconds, has recovered: its next failure is a new one. */
const healthyAfter = 60_000

/** When to try again: once a second while another process is there and of no use, else after twice as long each time. */
export class RetrySchedule {
  readonly #clock: Clock
  #wait: number = waits.first
  #dueAt = 0
  #lastFailure: StorageFailure | undefined
  #workingSince: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  isDue(): boolean {
    return this.#clock.monotonic() >= this.#dueAt
  }

  /** Notes that the store is open. */
  succeeded(): void {
    this.#workingSince = this.#clock.monotonic()
  }

  /** Notes a failure; answers whether it begins a new time of trouble, so that a person should hear of it. */
  failed(failure: StorageFailure): boolean {
    const now = this.#clock.monotonic()
    const isNew = failure !== this.#lastFailure || this.#hasRecovered(now)
    this.#lastFailure = failure
    if (this.#hasRecovered(now)) this.#wait = waits.first
    this.#workingSince = undefined
    this.#dueAt = now + this.#waitAfter(failure, isNew)
    this.#wait = Math.min(this.#wait * 2, waits.longest)
    return isNew
  }

  #waitAfter(failure: StorageFailure, isNew: boolean): number {
    // A damaged database is set aside and the next one is empty: nothing to wait for, the first time.
    if (failure === 'damaged' && isNew) return 0
    // Somebody else is there and says so at once: asking again costs nothing.
    return failure === 'locked' || failure === 'refused' ? waits.occupied : this.#wait
  }

  #hasRecovered(now: number): boolean {
    return this.#workingSince !== undefined && now - this.#workingSince >= healthyAfter
  }
}
