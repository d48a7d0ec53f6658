import { FakeClock } from './fake-clock.js'

/** A clock and a timer that only a test moves. */
export class ManualTime {
  readonly clock = new FakeClock()
  #callback: (() => void) | undefined
  #calls = 0

  /** Keeps what is to run later; the answer calls it off. */
  readonly startTimer = (callback: () => void): (() => void) => {
    this.#calls += 1
    this.#callback = callback
    return () => {
      this.#callback = undefined
    }
  }

  /** Lets a minute pass, and whatever is due run a few times, each until it waits again. */
  async passMinute(): Promise<void> {
    this.clock.advance(60_000)
    for (let run = 0; run < 5; run += 1) await this.#runOnce()
  }

  async #runOnce(): Promise<void> {
    const { callback, calls } = { callback: this.#callback, calls: this.#calls }
    if (callback === undefined) return
    callback()
    while (this.#calls === calls && this.#callback !== undefined) await new Promise(setImmediate)
  }
}
