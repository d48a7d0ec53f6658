import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { DataRoot } from './data-root.js'
import type { StartTimer } from './watch-audit.js'
import type { WatchRules } from './watch-rules.js'

/** How an index keeps itself current. */
export type Freshness = 'auto' | 'scan' | 'watch'

/** What an index is about. */
export interface TreeIndexOptions {
  readonly root: DataRoot
  /** Paths relative to the root that are left out with all below them, such as the cache directory. */
  readonly exclude?: readonly string[]
  /** `auto` by default, which watches in a process that lives long. `mode` and `reason` say what came of it. */
  readonly freshness?: Freshness
  /** Whether the process lives long enough for watching to pay; `false` by default. */
  readonly longLived?: boolean
  /** Where the index outlives the process; without it each process begins with nothing. */
  readonly store?: CacheStore
  /** Tells when the audit of *watch* mode is due. */
  readonly clock?: Clock
  /** Told when watching was to be used and cannot be had, or had to end. The answers stay right, and are slower. */
  readonly onWarning?: (warning: FreshnessWarning) => void
}

/** Why an index scans although it was to watch. */
export interface FreshnessWarning {
  readonly code: 'WATCH_UNAVAILABLE'
  readonly message: string
}

/** What only tests set. */
export interface WatchInternals {
  readonly rules?: Partial<WatchRules>
  readonly startTimer?: StartTimer
}

/** What a `sync` guarantees: everything that was finished before `startedNs` is in the index. */
export interface SyncResult {
  /** Sequence of the latest change known when the walk ended. */
  readonly sequence: number
  /** Wall-clock time before the walk began, nanoseconds since the epoch. */
  readonly startedNs: bigint
  /** What keeps the index current now. */
  readonly mode: 'scan' | 'watch'
}

/** Which part of the tree to bring up to date, and for how long to wait. */
export interface SyncOptions {
  /** Path relative to the root without symbolic links; the whole root by default. */
  readonly scope?: string
  readonly signal?: AbortSignal
}
