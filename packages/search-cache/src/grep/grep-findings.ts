import { sortByPath } from '../path-order.js'
import { ResultAllowance } from '../result-allowance.js'
import type { Findings } from '../search-job.js'
import type { GrepFile } from '../search-result.js'

/** Collects what a `grep` finds. */
export class GrepFindings {
  readonly items: GrepFile[] = []
  readonly unproven = new Set<string>()
  /** What all lines together may take, those of context too. */
  readonly allowance = new ResultAllowance()
  readonly #racy = new Set<string>()
  readonly #binary = new Set<string>()
  readonly #unreadable = new Set<string>()

  addBinary(paths: Iterable<string>): void {
    for (const path of paths) this.#binary.add(path)
  }

  /** What cannot be read may be readable next time, without another signature. */
  addUnreadable(paths: Iterable<string>): void {
    for (const path of paths) {
      this.#unreadable.add(path)
      this.unproven.add(path)
    }
  }

  /** What could change and keep its signature; `isWatched` says whether the index would be told. */
  addRacy(path: string, isWatched: boolean): void {
    if (isWatched) this.#racy.add(path)
    else this.unproven.add(path)
  }

  finish(examined: number): Findings<GrepFile> {
    return {
      items: sortByPath(this.items),
      binary: [...this.#binary],
      unreadable: [...this.#unreadable],
      unproven: [...new Set([...this.unproven, ...this.#racy])],
      doubtful: [...this.unproven],
      examined,
    }
  }
}
