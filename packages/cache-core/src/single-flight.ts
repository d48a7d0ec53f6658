/** What a computation gave. */
export interface Landing {
  readonly value: unknown
  /** Whether the value was right when the last caller joined, and not only when the computation began. */
  readonly isCurrent: boolean
}

/** A computation that runs. */
export interface Flight {
  readonly landing: Promise<Landing>
  /** Whether this caller began it. */
  readonly isOwn: boolean
}

/**
 * One computation for each key at a time, however many ask. Forgetting a key while its computation runs makes the next
 * caller start anew, and tells the running one that its result is out of date.
 */
export class SingleFlight {
  readonly #flights = new Map<string, Promise<Landing>>()

  /**
   * Joins the computation that runs, or begins `compute`. That may let nobody join any more; it learns then whether its
   * result is still wanted.
   */
  join(key: string, compute: (close: () => boolean) => Promise<Landing>): Flight {
    const running = this.#flights.get(key)
    if (running !== undefined) return { landing: running, isOwn: false }
    const close = (): boolean => this.#flights.get(key) === landing && this.#flights.delete(key)
    const landing: Promise<Landing> = compute(close).finally(close)
    this.#flights.set(key, landing)
    return { landing, isOwn: true }
  }

  forget(key: string): void {
    this.#flights.delete(key)
  }

  forgetAll(): void {
    this.#flights.clear()
  }
}
