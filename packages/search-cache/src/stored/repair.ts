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

/** The files that have to be searched again. */
export function pathsToSearch(entry: StoredSearch<PathItem>, difference: TreeDifference): Set<string> {
  return new Set([...difference.changed, ...entry.unproven])
}

/** Puts what was found again in the place of what was known about the same files, and drops what is gone. */
export function repair<Item extends PathItem>(
  entry: StoredSearch<Item>,
  difference: TreeDifference,
  again: Findings<Item>,
): RepairedSearch<Item> {
  const unproven = new Set(entry.unproven)
  const keeps = (path: string): boolean => !unproven.has(path) && isUntouched(difference, path)
  const items = [...entry.items.filter(({ path }) => keeps(path)), ...again.items]
  const findings: Findings<Item> = {
    items: sortByPath(items),
    binary: [...entry.binary.filter(keeps), ...again.binary],
    unreadable: [...entry.unreadable.filter(keeps), ...again.unreadable],
    unproven: again.unproven,
    examined: entry.examined,
  }
  const isChanged =
    !isDeepStrictEqual(
      entry.items.filter(({ path }) => !keeps(path)),
      again.items,
    ) ||
    entry.binary.length !== findings.binary.length ||
    !isDeepStrictEqual([...entry.unreadable].sort(), [...findings.unreadable].sort())
  return { findings, isChanged }
}
