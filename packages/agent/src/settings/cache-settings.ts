import { required } from './setting.js'
import { flag, integer, oneOf, seconds, text } from './setting-kinds.js'
import { terabyte, yearSeconds } from './setting-kinds.js'

/** Both caches: v2 in memory, v3 on disk. */
export const cacheSettings = {
  cacheEnabled: required({
    key: 'CACHE_ENABLED',
    default: false,
    kind: flag(),
    unit: null,
    description: 'Keep the v2 in-memory cache of tool calls',
  }),
  cacheTtl: required({
    key: 'CACHE_TTL',
    default: 300,
    kind: seconds(0, yearSeconds),
    unit: 'seconds',
    description: 'Age limit in the v2 cache, 0 for none',
  }),
  cacheMaxSize: required({
    key: 'CACHE_MAX_SIZE',
    default: 100,
    kind: integer(1, 1_000_000),
    unit: 'entries',
    description: 'Entries in the v2 cache',
  }),
  useNewCache: required({
    key: 'USE_NEW_CACHE',
    default: true,
    kind: flag(),
    unit: null,
    description: 'Keep the v3 persistent cache',
  }),
  cacheRolloutPercent: required({
    key: 'CACHE_ROLLOUT_PERCENT',
    default: 100,
    kind: integer(0, 100),
    unit: 'percent',
    description: 'Share of users who get the v3 cache',
  }),
  cacheDirectory: required({
    key: 'CACHE_DIRECTORY',
    default: 'tmp/cache',
    kind: text(),
    unit: null,
    description: 'Directory of the v3 cache',
  }),
  cacheSizeLimit: required({
    key: 'CACHE_SIZE_LIMIT',
    default: 524_288_000,
    kind: integer(1, terabyte),
    unit: 'bytes',
    description: 'Most the v3 cache keeps on disk',
  }),
  cacheMemoryLimit: required({
    key: 'CACHE_MEMORY_LIMIT',
    default: 67_108_864,
    kind: integer(0, terabyte),
    unit: 'bytes',
    description: 'Most the v3 cache keeps in memory, 0 for nothing',
  }),
  cacheContentTtl: required({
    key: 'CACHE_CONTENT_TTL',
    default: 0,
    kind: seconds(0, yearSeconds),
    unit: 'seconds',
    description: 'Age limit of cached content, 0 for none',
  }),
  cacheSearchTtl: required({
    key: 'CACHE_SEARCH_TTL',
    default: 300,
    kind: seconds(0, yearSeconds),
    unit: 'seconds',
    description: 'Age limit of cached searches, 0 for none',
  }),
  cacheWarmupConcurrency: required({
    key: 'CACHE_WARMUP_CONCURRENCY',
    default: 10,
    kind: integer(1, 1000),
    unit: 'files',
    description: 'Files that are warmed at a time',
  }),
  cacheFreshness: required({
    key: 'CACHE_FRESHNESS',
    default: 'auto',
    kind: oneOf(['auto', 'scan', 'watch']),
    unit: null,
    description: 'How changes below the data root are noticed',
  }),
} as const
