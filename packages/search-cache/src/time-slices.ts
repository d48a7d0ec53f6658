const SLICE_MS = 15

/** Lets long loops give the event loop a turn: `await slices.pause()` returns at once until a slice is used up. */
export class TimeSlices {
  #startedMs = performance.now()

  /** Whether it is time to await {@link TimeSlices.pause}. */
  get used(): boolean {
    return performance.now() - this.#startedMs > SLICE_MS
  }

  /** Gives the event loop a turn when the slice is used up. */
  async pause(): Promise<void> {
    if (!this.used) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#startedMs = performance.now()
  }
}
