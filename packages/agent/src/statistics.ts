import type { NewCacheStatistics } from '@fsagent/cache-manager'
import type { LegacyCacheStatistics } from '@fsagent/legacy-cache'

/** The v2 part of the statistics, with the result of comparing v2 with v3 while both are on. */
export interface OldCacheStatistics extends LegacyCacheStatistics {
  /** Calls that both caches could answer. */
  readonly compared: number
  /** Those of them where v2 would have answered something else than v3 did. */
  readonly differences: number
  /** Milliseconds that these calls took in all: v2 to look its answers up, v3 to answer. */
  readonly compared_ms: { readonly v2: number; readonly v3: number }
}

/** A part of the statistics that is turned off. */
export interface DisabledStatistics {
  readonly enabled: false
}

/** The statistics document: one shape in the library, in `cache-stats --json` and over HTTP. */
export interface StatisticsDocument {
  readonly old_cache: OldCacheStatistics | DisabledStatistics
  readonly new_cache: NewCacheStatistics
}
