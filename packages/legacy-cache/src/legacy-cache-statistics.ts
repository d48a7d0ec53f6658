/** The `old_cache` part of the statistics document, with the names the product's documents promise. */
export interface LegacyCacheStatistics {
  readonly enabled: true
  /** Answers that `get()` found. */
  readonly hits: number
  /** Calls of `get()` that found nothing, or only something expired. */
  readonly misses: number
  /** Entries that have not expired. */
  readonly size: number
  /** Entries kept at most. */
  readonly max_size: number
  /** `hits / (hits + misses)`, and 0 before the first `get()`. */
  readonly hit_rate: number
  /** Seconds; 0 means that entries do not expire. */
  readonly ttl_seconds: number
}
