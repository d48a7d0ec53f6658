import type { CacheRole, MemoryStatistics } from '@fsagent/cache-core'
import type { Freshness } from '@fsagent/file-state'

/** The `new_cache` part of the statistics document, with the names the product's documents promise. */
export type NewCacheStatistics = DisabledCacheStatistics | EnabledCacheStatistics

/** What there is to say about a cache that is off. */
export interface DisabledCacheStatistics {
  readonly enabled: false
}

/** What the cache holds, and how this process used it. */
export interface EnabledCacheStatistics {
  readonly enabled: true
  readonly disk_cache: {
    /** Entries. */
    readonly size: number
    /** Bytes. */
    readonly volume: number
    /** Absolute path. */
    readonly directory: string
    /** Bytes. */
    readonly size_limit: number
  }
  /** Seconds; 0 means no expiry. */
  readonly content_ttl: number
  /** Seconds; 0 means no expiry. */
  readonly search_ttl: number
  readonly content: { readonly hits: number; readonly misses: number; readonly stale: number }
  readonly search: {
    readonly hits: number
    readonly misses: number
    readonly repaired: number
    readonly stale: number
  }
  readonly memory: MemoryStatistics
  readonly role: CacheRole
  readonly configuration: {
    /** Absolute path. */
    readonly data_root: string
    /** Bytes. */
    readonly max_file_size: number
    /** Bytes. */
    readonly memory_limit: number
    /** As set. */
    readonly freshness: Freshness
    /** As it came out, and why. */
    readonly freshness_mode: 'scan' | 'watch'
    readonly freshness_reason: string
    /** Changes that the audit of *watch* mode found and no event had told of. */
    readonly missed_by_watch: number
  }
}
