export type { BackupReport, RestoreReport } from './backup-reports.js'
export { CacheError, type CacheErrorCode } from './cache-error.js'
export type {
  CacheEvents,
  EntryEvent,
  EvictEvent,
  HitEvent,
  OwnerChangedEvent,
  RecoveredEvent,
} from './cache-events.js'
export type { CacheRole, CacheServing, CacheStatistics, MemoryStatistics } from './cache-statistics.js'
export type { CacheStore, ChangeOptions, GetOptions, KeysOptions, LookupResult, SetOptions } from './cache-store.js'
export type { CacheWarning, CacheWarningCode } from './cache-warning.js'
export { systemClock, type Clock } from './clock.js'
export type { LevelInput } from './level-input.js'
export type { JobOptions } from './perform-job.js'
export { PersistentCache } from './persistent-cache.js'
export type { CacheOptions, OwnershipWish, PersistentCacheOptions } from './persistent-cache-options.js'
export { untilAborted } from './until-aborted.js'
export type { VerifyReport } from './verify-report.js'
