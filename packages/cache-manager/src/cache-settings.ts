import { resolve } from 'node:path'
import { type CacheWarning, type Clock, systemClock } from '@fsagent/cache-core'
import type { Freshness, FreshnessWarning } from '@fsagent/file-state'

/** How a process that asks once chooses its way. */
interface OneShotSettings {
  /** Milliseconds that a search gets before the store is opened; 0 always uses it, `Infinity` never; 250 by default. */
  readonly patienceMs?: number | undefined
}

/** Settings of a `CacheManager`; all but the data root have a default. */
export interface CacheManagerOptions {
  /** The directory whose files are read and searched. */
  readonly dataRoot: string
  /** Where the cache is kept; `tmp/cache` by default. It may lie inside the data root. */
  readonly cacheDirectory?: string | undefined
  /** `false`: nothing is opened or stored, and every answer is a `bypass`. */
  readonly enabled?: boolean | undefined
  /** Bytes on disk; 524,288,000 by default. */
  readonly sizeLimit?: number | undefined
  /** Bytes in memory; 67,108,864 by default, 0 turns the memory tier off. */
  readonly memoryLimit?: number | undefined
  /** Seconds; 0, the default, means no expiry. */
  readonly contentTtlSeconds?: number | undefined
  /** Seconds; 300 by default, 0 means no expiry. */
  readonly searchTtlSeconds?: number | undefined
  /** Seconds that one search may take; 30 by default. */
  readonly searchTimeoutSeconds?: number | undefined
  /** Bytes; larger files are not stored as a whole. 10,485,760 by default. */
  readonly maxFileSize?: number | undefined
  /** How the index learns what changed; `auto` by default. */
  readonly freshness?: Freshness | undefined
  /** Whether the process stays, so that `auto` may watch and the cache is left to it; `false` by default. */
  readonly longLived?: boolean | undefined
  /**
   * For a process that asks once and ends: files are read and searched without the store, which is opened only when a
   * stored search promises to be quicker. `persistentCache` is `undefined` then.
   */
  readonly oneShot?: OneShotSettings | undefined
  readonly clock?: Clock | undefined
  /** Told what a person should know, such as that the cache works without its store. */
  readonly onWarning?: ((warning: CacheWarning | FreshnessWarning) => void) | undefined
}

/** The same settings with nothing left open. */
export interface CacheSettings {
  readonly dataRoot: string
  /** Absolute path. */
  readonly cacheDirectory: string
  readonly enabled: boolean
  readonly sizeLimit: number
  readonly memoryLimit: number
  readonly contentTtlSeconds: number
  readonly searchTtlSeconds: number
  readonly searchTimeoutSeconds: number
  readonly maxFileSize: number
  readonly freshness: Freshness
  readonly longLived: boolean
  readonly oneShot: OneShotSettings | undefined
  readonly clock: Clock
  readonly onWarning: (warning: CacheWarning | FreshnessWarning) => void
}

/** Fills in the defaults, which are those of the product's settings. */
export function completeSettings(options: CacheManagerOptions): CacheSettings {
  const { cacheDirectory = 'tmp/cache', enabled = true, sizeLimit = 524_288_000, memoryLimit = 67_108_864 } = options
  const { contentTtlSeconds = 0, searchTtlSeconds = 300, searchTimeoutSeconds = 30 } = options
  const { maxFileSize = 10_485_760, freshness = 'auto', longLived = false, oneShot } = options
  const { dataRoot, clock = systemClock, onWarning = () => {} } = options
  return {
    dataRoot,
    cacheDirectory: resolve(cacheDirectory),
    enabled,
    sizeLimit,
    memoryLimit,
    contentTtlSeconds,
    searchTtlSeconds,
    searchTimeoutSeconds,
    maxFileSize,
    freshness,
    longLived,
    oneShot,
    clock,
    onWarning,
  }
}
