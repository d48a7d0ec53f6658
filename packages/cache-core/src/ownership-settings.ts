import type { EventEmitter } from 'node:events'
import type { CacheEvents, HeardEvents } from './cache-events.js'
import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'

/** Checked settings of a cache. */
export interface OwnershipSettings {
  /** Absolute. */
  readonly directory: string
  readonly sizeLimit: number
  readonly memoryLimit: number
  readonly clock: Clock
  readonly events: EventEmitter<CacheEvents>
  readonly heard: HeardEvents
  readonly onWarning: (warning: CacheWarning) => void
}
