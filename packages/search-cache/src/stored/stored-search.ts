import { isWithin } from '../path-order.js'
import type { PathItem } from '../search-job.js'

/** Version of what is stored; another one is a miss. */
export const STORED_VERSION = 2

/** What is kept of a search. Only files with results are named; the rest of the selection is known to have none. */
export interface StoredSearch<Item extends PathItem> {
  readonly version: typeof STORED_VERSION
  /** Differs whenever something is stored anew, so that what a process remembers of an entry is not taken for another. */
  readonly id: string
  /** The canonical query, compared on each use. */
  readonly query: string
  /** When everything was searched, milliseconds since the epoch. */
  readonly createdAtMs: number
  /** How long that took, in milliseconds: what a stored result saves. */
  readonly searchMs: number
  /** State of the scope: the digest of a directory, the fingerprint of a file. */
  readonly scopeDigest: string
  /** State of the ignore files above the scope. */
  readonly ignoreStateAbove: string
  /** Whether a change of any ignore file is sure to show. */
  readonly selectionProven: boolean
  /** How many files or entries take part. */
  readonly examined: number
  /** Sorted by the bytes of the paths. */
  readonly items: readonly Item[]
  readonly binary: readonly string[]
  readonly unreadable: readonly string[]
  /** Directories that could not be listed. */
  readonly unreadableDirectories: readonly string[]
  /** Files that have to be searched again at the next use, whatever they look like. */
  readonly unproven: readonly string[]
}

/** The part of a stored search that is about a narrower scope; it keeps the query of the wider one. */
export function narrowed<Item extends PathItem>(
  entry: StoredSearch<Item>,
  target: { readonly scope: string; readonly isDirectory: boolean },
  state: { readonly state: string; readonly ignoreState: string },
): StoredSearch<Item> {
  const isInside = (path: string): boolean => isWithin(path, target.scope)
  return {
    ...entry,
    scopeDigest: state.state,
    ignoreStateAbove: state.ignoreState,
    // A directory belongs to what lies above it, not to its own contents.
    items: entry.items.filter(({ path }) => isInside(path) && !(target.isDirectory && path === target.scope)),
    binary: entry.binary.filter(isInside),
    unreadable: entry.unreadable.filter(isInside),
    unreadableDirectories: entry.unreadableDirectories.filter(isInside),
    unproven: entry.unproven.filter(isInside),
  }
}
