import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'

/** Checked settings of a cache. */
export interface OwnershipSettings {
  /** Absolute. */
  readonly directory: string
  readonly sizeLimit: number
  readonly memoryLimit: number
  readonly clock: Clock
  readonly onWarning: (warning: CacheWarning) => void
}
