/** What a load gave, and whether another caller had asked for it. */
export interface SharedLoad<Value> {
  readonly value: Value
  /** Whether this caller joined a load that another one had asked for. */
  readonly joined: boolean
}

/**
 * Makes concurrent loads of a key one load without ever answering with something older than the question.
 *
 * A caller may share a load that has not begun yet: whatever it reads, it reads after the caller asked. A load that has
 * begun may have read before, so a caller must prove its result or wait for the next load, as all the others then do.
 */
export class SharedLoads<Value> {
  readonly #begun = new Map<string, Promise<Value>>()
  readonly #waiting = new Map<string, Promise<Value>>()

  /** The load of a key that has begun and not ended. */
  begun(key: string): Promise<Value> | undefined {
    return this.#begun.get(key)
  }

  /** What a load gives that begins after this call; it waits until the one that has begun ended. */
  async next(key: string, load: () => Promise<Value>): Promise<SharedLoad<Value>> {
    const waiting = this.#waiting.get(key)
    if (waiting !== undefined) return { value: await waiting, joined: true }
    const mine = this.#after(this.#begun.get(key), () => this.#begin(key, load))
    this.#waiting.set(key, mine)
    return { value: await mine, joined: false }
  }

  async #after(earlier: Promise<Value> | undefined, begin: () => Promise<Value>): Promise<Value> {
    await Promise.allSettled([earlier])
    return begin()
  }

  async #begin(key: string, load: () => Promise<Value>): Promise<Value> {
    this.#waiting.delete(key)
    const running = load()
    this.#begun.set(key, running)
    try {
      return await running
    } finally {
      if (this.#begun.get(key) === running) this.#begun.delete(key)
    }
  }
}
