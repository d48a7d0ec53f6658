import { comparePaths } from '../path-order.js'
import type { GrepFile, GrepResult, SearchReport } from '../search-result.js'
import type { StoredSearch } from '../stored/stored-search.js'

/** What a search of files knows in the end. */
type Known = Pick<StoredSearch<GrepFile>, 'items' | 'binary' | 'unreadable' | 'unreadableDirectories'>

/** The answer to a `grep`, out of what is known and how it came to be known. */
export function grepResult(known: Known, cache: SearchReport): GrepResult {
  const { items, binary, unreadable, unreadableDirectories } = known
  return {
    files: items,
    totalMatches: items.reduce((total, file) => total + file.count, 0),
    skipped: { unreadable: [...unreadable, ...unreadableDirectories].sort(comparePaths), binary: binary.length },
    cache,
  }
}
