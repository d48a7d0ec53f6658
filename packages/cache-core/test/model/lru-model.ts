interface LruEntry {
  readonly value: string
  readonly setAt: number
  usedAt: number
}

/** What an eviction came to. */
interface Evicted {
  readonly count: number
  /** Keys that are there and should not be. */
  readonly unknown: readonly string[]
  /**
   * Keys that are left although they are older than one that went, and were not read since they were set. Use is
   * written down late, so what was read may stay for longer.
   */
  readonly older: readonly string[]
}

/** Entries and when they were used: what may be evicted, and what may not. */
export class LruModel {
  readonly #entries = new Map<string, LruEntry>()
  /** Bytes that an entry takes beside its key and value. */
  readonly #overhead: number
  #slackMs = 0

  constructor(overhead: number) {
    this.#overhead = overhead
  }

  set(key: string, value: string, now: number): void {
    this.#entries.set(key, { value, setAt: now, usedAt: now })
  }

  delete(key: string): boolean {
    return this.#entries.delete(key)
  }

  /** The value that a read must find; a read is a use. */
  read(key: string, now: number): string | undefined {
    const entry = this.#entries.get(key)
    if (entry !== undefined) entry.usedAt = now
    return entry?.value
  }

  /** The cache was closed: a use within ten seconds of the last stamp on disk was not written down. */
  reopened(): void {
    this.#slackMs = 10_000
  }

  /** Bytes of all entries. */
  get bytes(): number {
    return [...this.#entries].reduce((total, [key, { value }]) => total + this.sizeOf(key, value), 0)
  }

  sizeOf(key: string, value: string): number {
    return key.length + value.length + this.#overhead
  }

  /** Takes away what is not among the keys. */
  evict(present: readonly string[]): Evicted {
    const left = new Set(present)
    const evicted = [...this.#entries].filter(([key]) => !left.has(key))
    for (const [key] of evicted) this.#entries.delete(key)
    const latest = Math.max(0, ...evicted.map(([, { usedAt }]) => usedAt))
    const older = [...this.#entries].filter(
      ([, { setAt, usedAt }]) => setAt === usedAt && setAt < latest - this.#slackMs,
    )
    return {
      count: evicted.length,
      unknown: present.filter((key) => !this.#entries.has(key)),
      older: older.map(([key]) => key),
    }
  }
}
