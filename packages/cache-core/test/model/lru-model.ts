import { expect } from 'vitest'

interface LruEntry {
  readonly value: string
  readonly setAt: number
  usedAt: number
}

/** Entries and when they were used: what may be evicted, and what may not. */
export class LruModel {
  readonly #entries = new Map<string, LruEntry>()
  /** Bytes that an entry takes beside its key and value. */
  readonly #overhead: number

  constructor(overhead: number) {
    this.#overhead = overhead
  }

  set(key: string, value: string, now: number): void {
    this.#entries.set(key, { value, setAt: now, usedAt: now })
  }

  delete(key: string): boolean {
    return this.#entries.delete(key)
  }

  /** The value that a read must find, if it finds one; a read is a use. */
  read(key: string, found: string | undefined, now: number): void {
    const entry = this.#entries.get(key)
    if (found !== undefined) expect(found).toBe(entry?.value)
    if (entry !== undefined) entry.usedAt = now
  }

  /** Bytes of all entries. */
  get bytes(): number {
    return [...this.#entries].reduce((total, [key, { value }]) => total + this.sizeOf(key, value), 0)
  }

  sizeOf(key: string, value: string): number {
    return key.length + value.length + this.#overhead
  }

  /**
   * Takes away what is not among the keys; answers how many that are. Of what is left nothing that was not read since
   * it was set may be older than what went: use is written down late, so what was read may be kept for longer.
   */
  evict(present: readonly string[]): number {
    const left = new Set(present)
    const evicted = [...this.#entries].filter(([key]) => !left.has(key))
    for (const [key] of evicted) this.#entries.delete(key)
    expect(present.filter((key) => !this.#entries.has(key))).toEqual([])
    const latest = Math.max(0, ...evicted.map(([, { usedAt }]) => usedAt))
    const older = [...this.#entries].filter(([, { setAt, usedAt }]) => setAt === usedAt && setAt < latest)
    expect(older).toEqual([])
    return evicted.length
  }
}
