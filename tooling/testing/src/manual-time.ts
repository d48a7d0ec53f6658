import { FakeClock } from './fake-clock.js'

/** Turns of the event loop that are waited for something to be started again; what runs once never is. */
const patienceTurns = 100_000
const runs = 10

/** A clock and timers that only a test moves. */
export class ManualTime {
  readonly clock = new FakeClock()
  readonly #waiting = new Map<symbol, () => void>()

  /** Keeps what is to run later; the answer calls it off. */
  readonly startTimer = (callback: () => void): (() => void) => {
    const timer = Symbol('timer')
    this.#waiting.set(timer, callback)
    return () => this.#waiting.delete(timer)
  }

  /** Lets a minute pass, and whatever is due run a few times, each until something waits again. */
  async passMinute(): Promise<void> {
    this.clock.advance(60_000)
    for (let run = 0; run < runs; run += 1) await this.#runOnce()
  }

  async #runOnce(): Promise<void> {
    const due = [...this.#waiting.values()]
    if (due.length === 0) return
    this.#waiting.clear()
    for (const callback of due) callback()
    for (let turn = 0; this.#waiting.size === 0 && turn < patienceTurns; turn += 1) await new Promise(setImmediate)
  }
}
