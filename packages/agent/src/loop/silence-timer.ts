import type { Clock } from '@fsagent/cache-core'

/** Ends the wait for a model that says nothing; every sign of life begins the time anew. */
export class SilenceTimer implements Disposable {
  readonly #controller = new AbortController()
  readonly #milliseconds: number
  readonly #clock: Pick<Clock, 'monotonic'>
  #timer: NodeJS.Timeout | undefined
  #endsAt = 0

  constructor(milliseconds: number, clock: Pick<Clock, 'monotonic'>) {
    this.#milliseconds = milliseconds
    this.#clock = clock
    this.renew()
  }

  /** Aborted when the model was silent for too long. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Milliseconds that are left. */
  get remaining(): number {
    return this.#endsAt - this.#clock.monotonic()
  }

  /** The model said something, or is asked for more. */
  renew(): void {
    this.#endsAt = this.#clock.monotonic() + this.#milliseconds
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#controller.abort(), this.#milliseconds)
    else this.#timer.refresh()
  }

  /** Nobody waits for the model until {@link renew}: the time its reader takes is not its silence. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  [Symbol.dispose](): void {
    this.stop()
  }
}
