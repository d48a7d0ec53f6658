import { isDeepStrictEqual } from 'node:util'
import { sortByPath } from '../path-order.js'
import type { Findings, PathItem } from '../search-job.js'
import type { StoredSearch } from './stored-search.js'
import { isUntouched, type TreeDifference } from './tree-difference.js'

/** What a stored search says once some files were searched again. */
export interface RepairedSearch<Item extends PathItem> {
  readonly findings: Findings<Item>
  /** Whether anything that callers see is different now. */
  readonly isChanged: boolean
}

/**
 * Puts what was found again in the place of what was known about the same files, and drops what is gone.
 *
 * @param doubtful what was searched again although nothing told of a change
 */
export function repair<Item extends PathItem>(
  entry: StoredSearch<Item>,
  { difference, doubtful }: { readonly difference: TreeDifference; readonly doubtful: readonly string[] },
  again: Findings<Item>,
): RepairedSearch<Item> {
  const searched = new Set(doubtful)
  const keeps = (path: string): boolean => !searched.has(path) && isUntouched(difference, path)
  const kept = entry.items.filter(({ path }) => keeps(path))
  const findings: Findings<Item> = {
    items: again.items.length === 0 ? kept : sortByPath([...kept, ...again.items]),
    binary: [...entry.binary.filter(keeps), ...again.binary],
    unreadable: [...entry.unreadable.filter(keeps), ...again.unreadable],
    unproven: [...entry.unproven.filter(keeps), ...again.unproven],
    doubtful: again.doubtful,
    examined: entry.examined,
  }
  const isChanged =
    kept.length + again.items.length !== entry.items.length ||
    !isDeepStrictEqual(
      entry.items.filter(({ path }) => !keeps(path)),
      again.items,
    ) ||
    entry.binary.length !== findings.binary.length ||
    !isDeepStrictEqual([...entry.unreadable].sort(), [...findings.unreadable].sort())
  return { findings, isChanged }
}
