import { ancestorsOf, baseName } from '../path-order.js'
import { IGNORE_NAMES } from '../selection/ignore-levels.js'

/** How the present tree differs from the one that a stored search is about. */
export interface TreeDifference {
  /** New and changed paths of every kind; each path below a new directory is named. */
  readonly changed: ReadonlySet<string>
  /** What is gone; everything below a removed directory is gone too. */
  readonly removed: ReadonlySet<string>
}

/** The tree is as it was. */
export const NO_DIFFERENCE: TreeDifference = { changed: new Set(), removed: new Set() }

/** Whether nothing differs. */
export function isSameTree({ changed, removed }: TreeDifference): boolean {
  return changed.size === 0 && removed.size === 0
}

/** Whether other files may take part now than before. */
export function touchesIgnoreFiles({ changed, removed }: TreeDifference): boolean {
  for (const paths of [changed, removed]) for (const path of paths) if (IGNORE_NAMES.has(baseName(path))) return true
  return false
}

/** Whether what is known of a path still holds. */
export function isUntouched({ changed, removed }: TreeDifference, path: string): boolean {
  if (changed.has(path) || removed.has(path)) return false
  return removed.size === 0 || !ancestorsOf(path).some((directory) => removed.has(directory))
}
