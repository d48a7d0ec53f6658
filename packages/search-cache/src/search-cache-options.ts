import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { DataRoot, TreeIndex } from '@fsagent/file-state'
import type { SearchEngine } from './engine/search-engine.js'
import type { OneShotOptions } from './one-shot/one-shot-options.js'

/** What a `SearchCache` works with. */
export interface SearchCacheOptions {
  readonly root: DataRoot
  /** The index of the same root; it decides which files there are and which of them changed. */
  readonly index: TreeIndex
  /** Where results are kept; without one, each search is executed (`bypass`). */
  readonly store?: CacheStore
  /** Seconds after which a result is searched anew whatever the index says; default 300, 0 means never. */
  readonly ttlSeconds?: number
  /** Default: ripgrep. */
  readonly engine?: SearchEngine
  readonly clock?: Clock
  /** For a process that searches once and ends; then `store` is not used. */
  readonly oneShot?: OneShotOptions | undefined
}
