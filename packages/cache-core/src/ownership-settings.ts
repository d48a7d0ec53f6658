import type { EventEmitter } from 'node:events'
import type { CacheEvents, HeardEvents } from './cache-events.js'
import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'
import type { JoinNeeds } from './join-directory.js'
import type { Seat } from './seat.js'

/** Checked settings of a cache. */
export interface OwnershipSettings {
  /** Absolute; empty for a cache in a level. */
  readonly directory: string
  readonly sizeLimit: number
  readonly memoryLimit: number
  readonly clock: Clock
  /** Finds a place at the store; rejects when there is none at present. */
  readonly join: (needs: JoinNeeds) => Promise<Seat>
  /** Removes everything in a way that needs no room; rejects when somebody has it open, or it cannot be removed. */
  readonly discard: () => Promise<void>
  readonly events: EventEmitter<CacheEvents>
  readonly heard: HeardEvents
  readonly onWarning: (warning: CacheWarning) => void
}
