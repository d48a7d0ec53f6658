/**
 * How an answer came about: `hit` from the store; `confirmed` after searching again what could not be proved, which
 * changed nothing; `repaired` after searching only what changed; `miss` by a full search; `bypass` without a store.
 */
export type SearchOutcome = 'hit' | 'miss' | 'confirmed' | 'repaired' | 'bypass'

/** Where an answer came from and what proved that it is current. */
export interface SearchReport {
  readonly outcome: SearchOutcome
  readonly tier: 'memory' | 'disk' | null
  readonly verifiedBy: 'scan' | 'watch' | null
  /** Seconds since the full search that the answer goes back to; `null` when it was just made. */
  readonly ageSeconds: number | null
}

/** One line of a file. */
export interface GrepLine {
  /** Counted from 1. */
  readonly line: number
  /** Without its line feed; bytes that are not UTF-8 appear as U+FFFD. */
  readonly text: string
  readonly kind: 'match' | 'context'
  /** The line as it is on disk, only there when `text` cannot say it. */
  readonly bytes?: Uint8Array
}

/** What a `grep` found in one file. */
export interface GrepFile {
  /** Relative to the root. */
  readonly path: string
  /** Lines that match; 1 in mode `files`. */
  readonly count: number
  /** Matching lines with their context, in order; empty in the modes `files` and `count`. */
  readonly matches: readonly GrepLine[]
}

/** What a `grep` could not search. */
export interface GrepSkipped {
  /** Files and directories that could not be read, relative to the root, sorted. */
  readonly unreadable: readonly string[]
  /** Files that would have matched but contain a NUL byte. */
  readonly binary: number
}

/** The answer to a `grep`. */
export interface GrepResult {
  /** Only files with matches, sorted by the bytes of their paths. */
  readonly files: readonly GrepFile[]
  /** The sum of the files' counts. */
  readonly totalMatches: number
  readonly skipped: GrepSkipped
  readonly cache: SearchReport
}

/** One thing that a `find` found. */
export interface FoundEntry {
  /** Relative to the root. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'symlink' | 'other'
  /** `null` for directories, whose own size and time move with every temporary file. */
  readonly sizeBytes: number | null
  /** Milliseconds since the epoch; `null` for directories. */
  readonly modifiedMs: number | null
}

/** The answer to a `find`. */
export interface FindResult {
  /** What lies below the scope, or the scope itself when it is a file; sorted by the bytes of the paths. */
  readonly entries: readonly FoundEntry[]
  /** Directories that could not be listed, relative to the root, sorted. */
  readonly unreadable: readonly string[]
  readonly cache: SearchReport
}

/** How searches were answered since the cache was made. */
export interface SearchStatistics {
  /** Answered from the store, confirmed ones included. */
  readonly hits: number
  /** Answered by a full search. */
  readonly misses: number
  /** Answered by searching only what had changed. */
  readonly repaired: number
  /** Those of the misses where an entry was there but could not be used any more. */
  readonly stale: number
}
