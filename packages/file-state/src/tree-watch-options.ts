import type { DataRoot } from './data-root.js'
import type { Tree } from './tree.js'
import type { WatchRules } from './watch-rules.js'

/** What a tree is watched with. */
export interface TreeWatchOptions {
  readonly root: DataRoot
  readonly tree: Tree
  readonly rules: WatchRules
  readonly isExcluded: (path: string) => boolean
  readonly isClosed: () => boolean
}

/** What is to be brought up to date. */
export interface WatchRequest {
  readonly scopes: readonly string[]
  /** Wall-clock time of the call, nanoseconds since the epoch. */
  readonly startedNs: bigint
}
