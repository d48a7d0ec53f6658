/**
 * One computation for each key at a time, however many ask. Forgetting a key while its computation runs makes the next
 * caller start anew, and tells the running one that its result is out of date.
 */
export class SingleFlight {
  readonly #flights = new Map<string, Promise<unknown>>()

  /** The result of the computation that runs, or of `compute`, which is told whether its result is still wanted. */
  run(key: string, compute: (isCurrent: () => boolean) => Promise<unknown>): Promise<unknown> {
    const running = this.#flights.get(key)
    if (running !== undefined) return running
    const flight: Promise<unknown> = compute(() => this.#flights.get(key) === flight).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    })
    this.#flights.set(key, flight)
    return flight
  }

  forget(key: string): void {
    this.#flights.delete(key)
  }

  forgetAll(): void {
    this.#flights.clear()
  }
}
