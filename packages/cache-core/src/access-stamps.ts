/** More used entries than this are not remembered at a time: the order of use is then less exact. */
const capacity = 8192

/** A stamp on disk younger than this is left alone, in milliseconds. */
const oldAfter = 10_000

/** Uses noted before they are entered together: for one alone the map must be fetched into the processor's cache again. */
const mostNoted = 256

interface Use {
  usedAt: number
  /** When the stamp on disk is known to be old enough to be written anew. */
  dueAt: number
}

/**
 * When entries were last used, by address, until it is written down. A write for each hit would make hits fourteen
 * times slower (8,800 instead of 122,000 a second), so stamps are written about once a second and only where the one
 * on disk is old; until then eviction asks here. All times are milliseconds since the epoch.
 */
export class AccessStamps {
  readonly #uses = new Map<string, Use>()
  /** The latest uses, which are not entered yet. */
  readonly #noted: string[] = Array.from({ length: mostNoted }, () => '')
  readonly #notedAt = new Float64Array(mostNoted)
  #notedCount = 0

  /** Notes that an entry was used. */
  touch(address: string, now: number): void {
    this.#noted[this.#notedCount] = address
    this.#notedAt[this.#notedCount] = now
    this.#notedCount += 1
    if (this.#notedCount === mostNoted) this.#enterNoted()
  }

  /** When the entry was last used, if that is not written down. */
  lastUse(address: string): number | undefined {
    this.#enterNoted()
    return this.#uses.get(address)?.usedAt
  }

  /** Forgets an entry whose use was written down, or that is gone. */
  forget(address: string): void {
    this.#enterNoted()
    this.#uses.delete(address)
  }

  /** Forgets a use that was written down, unless a later one was noted meanwhile. */
  written(address: string, usedAt: number): void {
    if (this.lastUse(address) === usedAt) this.forget(address)
  }

  /** Notes that the stamp on disk is not old yet, so that it is not looked at again at once. */
  postpone(address: string): void {
    this.#enterNoted()
    const use = this.#uses.get(address)
    if (use !== undefined) use.dueAt = use.usedAt + oldAfter
  }

  /** Up to `limit` entries whose stamp may be old. */
  due(limit: number): readonly (readonly [address: string, usedAt: number])[] {
    this.#enterNoted()
    const due: [string, number][] = []
    for (const [address, { usedAt, dueAt }] of this.#uses) {
      if (due.length === limit) break
      if (usedAt >= dueAt) due.push([address, usedAt])
    }
    return due
  }

  #enterNoted(): void {
    const count = this.#notedCount
    this.#notedCount = 0
    for (let index = 0; index < count; index += 1) this.#enter(this.#noted[index] ?? '', this.#notedAt[index] ?? 0)
  }

  #enter(address: string, usedAt: number): void {
    const use = this.#uses.get(address)
    if (use !== undefined) use.usedAt = usedAt
    else if (this.#uses.size < capacity) this.#uses.set(address, { usedAt, dueAt: 0 })
  }
}

/** Whether a written stamp, in microseconds, is old enough to be replaced by a use at that time. */
export function isOldStamp(stamp: number, usedAt: number): boolean {
  return stamp + oldAfter * 1000 <= usedAt * 1000
}
