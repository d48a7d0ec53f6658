import type { Seat } from './seat.js'
import { within } from './within.js'

/** Milliseconds that callers wait for a seat at most: a file system may answer late, or never. */
const longestWait = 10_000

/** Looks for one seat at a time. What takes too long goes on, and whoever asks next gets what came of it. */
export class Joining {
  #running: Promise<Seat> | undefined

  /** Whether an attempt goes on that took too long. */
  get isStuck(): boolean {
    return this.#running !== undefined
  }

  /** A seat. Rejects when there is none at present, or none came in time. */
  async seat(join: () => Promise<Seat>): Promise<Seat> {
    const running = (this.#running ??= join())
    const outcome = await within(
      running.then(
        (seat) => ({ seat }),
        (error: unknown) => ({ error }),
      ),
      longestWait,
    )
    if (outcome === undefined) throw new Error(`the file system did not answer within ${longestWait / 1000} s`)
    this.#running = undefined
    if ('error' in outcome) throw outcome.error
    return outcome.seat
  }

  /** Nobody wants a seat any more: one that comes late is given up. */
  end(): void {
    this.#running?.then(
      (seat) => seat.leave(true),
      () => {},
    )
  }
}
