import { type Clock, systemClock } from '@fsagent/cache-core'
import { CacheManager } from '@fsagent/cache-manager'
import { LegacyCache } from '@fsagent/legacy-cache'
import type { AgentOptions } from '../agent-options.js'
import { defaultLimits } from '../output/output-limits.js'
import type { Settings } from '../settings/settings-table.js'
import { type LegacyEntry, LegacyTools } from './legacy-tools.js'
import { ToolRunner } from './tool-runner.js'

/** What tools are run with. */
export interface ToolParts {
  readonly settings: Settings
  /** To be closed by whoever opened it. */
  readonly manager: CacheManager
  readonly runner: ToolRunner
  /** Present when the v2 cache is on. */
  readonly legacyTools: LegacyTools | undefined
  readonly clock: Clock
}

/** What concerns the process rather than the settings. */
export type ProcessOptions = Pick<AgentOptions, 'longLived' | 'onWarning' | 'clock'> & {
  readonly oneShot?: { readonly patienceMs?: number | undefined } | undefined
}

/**
 * Opens the caches and makes what runs tools over them.
 *
 * @throws FileStateError `ROOT_NOT_FOUND`, `ROOT_NOT_DIRECTORY`, `PERMISSION_DENIED`
 * @throws CacheError `CACHE_DIRECTORY_FOREIGN`; CacheManagerError `CACHE_DIRECTORY_IS_ROOT`
 */
export async function openToolParts(settings: Settings, options: ProcessOptions): Promise<ToolParts> {
  const clock = options.clock ?? systemClock
  const manager = await openManager(settings, options)
  const runner = new ToolRunner({
    manager,
    limits: { ...defaultLimits, bytes: Math.min(defaultLimits.bytes, settings.maxOutputSize) },
    thresholds: { smallBytes: settings.smallFileThreshold, mediumBytes: settings.mediumFileThreshold },
    timeoutMs: settings.commandTimeout * 1000,
    clock,
  })
  const legacyTools = settings.cacheEnabled
    ? new LegacyTools({ runner, cache: legacyCache(settings, clock), answers: !settings.useNewCache, clock })
    : undefined
  return { settings, manager, runner, legacyTools, clock }
}

async function openManager(settings: Settings, options: ProcessOptions): Promise<CacheManager> {
  return CacheManager.open({
    dataRoot: settings.dataRoot,
    cacheDirectory: settings.cacheDirectory,
    enabled: settings.useNewCache,
    sizeLimit: settings.cacheSizeLimit,
    memoryLimit: settings.cacheMemoryLimit,
    contentTtlSeconds: settings.cacheContentTtl,
    searchTtlSeconds: settings.cacheSearchTtl,
    searchTimeoutSeconds: settings.commandTimeout,
    maxFileSize: settings.maxFileSize,
    freshness: settings.cacheFreshness,
    longLived: options.longLived,
    oneShot: options.oneShot,
    clock: options.clock,
    onWarning: options.onWarning,
  })
}

function legacyCache(settings: Settings, clock: { monotonic: () => number }): LegacyCache<LegacyEntry> {
  return new LegacyCache({ maxSize: settings.cacheMaxSize, ttlSeconds: settings.cacheTtl, clock })
}
