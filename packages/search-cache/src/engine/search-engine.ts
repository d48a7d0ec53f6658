import type { GrepMode } from '../search-query.js'

/** What the engine has to know of a query. */
export interface EngineQuery {
  readonly pattern: string
  readonly ignoreCase: boolean
  readonly fixed: boolean
  readonly multiline: boolean
  readonly wordRegexp: boolean
  readonly mode: GrepMode
}

/**
 * Which regular files are searched: by name below a directory, or by descriptors that are already open.
 *
 * `whole` are directories of which everything is searched but what lies in directories of version control systems or has
 * a line feed in its name; it need not be what there was when the directory was listed.
 */
export type EngineTarget =
  | {
      readonly by: 'path'
      readonly directory: string
      readonly paths: readonly string[]
      readonly whole?: readonly string[]
    }
  | { readonly by: 'descriptor'; readonly paths: readonly string[]; readonly descriptors: readonly number[] }

/** One line that matches, without its line feed, in UTF-8 even when the file is in UTF-16. */
export interface EngineLine {
  /** Counted from 1. */
  readonly line: number
  readonly bytes: Uint8Array
}

/** What the engine says about one file that matches. */
export interface EngineMatch {
  readonly lines: readonly EngineLine[]
  /** Matching lines; 1 in mode `files`. */
  readonly count: number
}

/** What one run of the engine found; a path that appears nowhere was searched and has no match. */
export interface EngineReport {
  readonly matches: ReadonlyMap<string, EngineMatch>
  /** Files that match but contain a NUL byte. */
  readonly binary: readonly string[]
  /** Files that could not be opened or read. */
  readonly unreadable: readonly string[]
}

/** What matches lines; which files it is given and what is done with its findings is not its business. */
export interface SearchEngine {
  /**
   * Searches the files.
   *
   * @throws StalledError when one that is opened by its path gives nothing, as a FIFO does
   * @throws SearchError SEARCH_INVALID_PATTERN, SEARCH_ENGINE_FAILED, SEARCH_RESULT_TOO_LARGE,
   * SEARCH_MEMORY_EXCEEDED, SEARCH_TIMEOUT, SEARCH_ABORTED
   */
  search(query: EngineQuery, target: EngineTarget, signal?: AbortSignal): Promise<EngineReport>
}
