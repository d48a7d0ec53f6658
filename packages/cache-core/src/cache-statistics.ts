/**
 * `owner` has the database open, `follower` uses that of an owner in another process; `degraded` answers without a
 * store: every get a miss, every set `false`.
 */
export type CacheRole = 'owner' | 'follower' | 'degraded'

/**
 * How an owner serves its followers: `none` when there are none (and in every other role), from its own event `loop`, or
 * in a `thread` of its own, where they need not wait for what else the owner does.
 */
export type CacheServing = 'none' | 'loop' | 'thread'

/** What the memory tier holds; shared by all namespaces of a cache. */
export interface MemoryStatistics {
  /** Entries. */
  readonly size: number
  readonly bytes: number
  /** Bytes; 0 means that the tier is off. */
  readonly limit: number
}

/** What a cache or one of its namespaces holds and how it was used by this process. */
export interface CacheStatistics {
  /** Number of entries. */
  readonly size: number
  /** Bytes of keys, values and metadata. */
  readonly volume: number
  /** Absolute path; empty for a cache in a level. */
  readonly directory: string
  /** Bytes, for all namespaces together. */
  readonly size_limit: number
  readonly hits: number
  readonly misses: number
  /** Those of the misses where an entry was there but had expired. */
  readonly stale: number
  /** Entries removed to stay below the size limit, for all namespaces together. */
  readonly evictions: number
  readonly role: CacheRole
  readonly serving: CacheServing
  readonly memory: MemoryStatistics
}
