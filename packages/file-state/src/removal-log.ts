/** A path that is gone, and the sequence of its removal. */
interface Removal {
  readonly path: string
  readonly sequence: number
}

/** Remembers removed paths in the order of their removal, the latest ones, within a bound. */
export class RemovalLog {
  readonly #limit: number
  #removals: Removal[] = []
  #forgotten = 0

  /** @param limit how many removals are remembered at most */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(path: string, sequence: number): void {
    this.#removals.push({ path, sequence })
    if (this.#removals.length <= this.#limit) return
    const dropped = this.#removals.splice(0, Math.ceil(this.#limit / 2))
    this.#forgotten = dropped.at(-1)?.sequence ?? this.#forgotten
  }

  /** Whether no removal later than `sequence` was forgotten. */
  covers(sequence: number): boolean {
    return sequence >= this.#forgotten
  }

  /** The paths removed later than `sequence`, oldest first; a path can be among them twice. */
  since(sequence: number): readonly string[] {
    let low = 0
    let high = this.#removals.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#removals[middle]?.sequence ?? 0) <= sequence) low = middle + 1
      else high = middle
    }
    return this.#removals.slice(low).map((removal) => removal.path)
  }
}
