/** A clock that stands still until a test moves it; both readings are milliseconds. */
export class FakeClock {
  #wallMs: number
  #monotonicMs = 0

  constructor(wallMs: number = Date.UTC(2030, 0, 1)) {
    this.#wallMs = wallMs
  }

  /** Wall-clock time in milliseconds since the epoch. */
  now = (): number => this.#wallMs

  /** Milliseconds since the clock was made; never runs backwards. */
  monotonic = (): number => this.#monotonicMs

  /** Moves both readings forward. */
  advance(milliseconds: number): void {
    if (milliseconds < 0)
      throw new RangeError(`Cannot advance clock by ${milliseconds}: time runs forward, use setWall`)
    this.#wallMs += milliseconds
    this.#monotonicMs += milliseconds
  }

  /** Sets the wall clock alone, as an administrator or a time service would. */
  setWall(milliseconds: number): void {
    this.#wallMs = milliseconds
  }
}
