import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'

/** Settings of a `PersistentCache`. */
export interface PersistentCacheOptions {
  /** Where the files are; made when missing, for this user alone. */
  readonly directory: string
  /** Bytes of keys, values and metadata together; 524,288,000 by default. */
  readonly sizeLimit?: number
  /** Bytes of decoded values kept in memory; 67,108,864 by default, 0 turns the tier off. */
  readonly memoryLimit?: number
  readonly clock?: Clock
  /** Told once about each thing that a person should know. */
  readonly onWarning?: (warning: CacheWarning) => void
}
