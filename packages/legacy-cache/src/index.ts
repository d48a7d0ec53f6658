export { LegacyCache } from './legacy-cache.js'
export type { LegacyCacheOptions } from './legacy-cache.js'
export type { LegacyCacheStatistics } from './legacy-cache-statistics.js'
export type { MonotonicClock } from './monotonic-clock.js'
