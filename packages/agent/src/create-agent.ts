import { systemClock } from '@fsagent/cache-core'
import { CacheManager } from '@fsagent/cache-manager'
import { LegacyCache } from '@fsagent/legacy-cache'
import { checkOptions, type AgentOptions } from './agent-options.js'
import { Agent } from './agent.js'
import { defaultLimits } from './output/output-limits.js'
import { SessionStore } from './sessions/session-store.js'
import type { Settings } from './settings/settings-table.js'
import { LegacyTools, type LegacyEntry } from './tools/legacy-tools.js'
import { ToolRunner } from './tools/tool-runner.js'

/**
 * Opens the caches and makes an agent; the model's package loads with the first question. The caller closes it.
 *
 * @throws FileStateError `ROOT_NOT_FOUND`, `ROOT_NOT_DIRECTORY`, `PERMISSION_DENIED`
 * @throws SettingsError `SETTING_INVALID`
 * @throws CacheError `CACHE_DIRECTORY_FOREIGN`; CacheManagerError `CACHE_DIRECTORY_IS_ROOT`
 * @throws TypeError for an option that does not exist
 */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const settings = checkOptions(options)
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
  return new Agent({
    settings,
    model: options.model,
    manager,
    runner,
    legacyTools,
    sessions: new SessionStore({ store: manager.persistentCache?.namespace('session'), clock }),
    clock,
  })
}

async function openManager(settings: Settings, options: AgentOptions): Promise<CacheManager> {
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
    clock: options.clock,
    onWarning: options.onWarning,
  })
}

function legacyCache(settings: Settings, clock: { monotonic: () => number }): LegacyCache<LegacyEntry> {
  return new LegacyCache({ maxSize: settings.cacheMaxSize, ttlSeconds: settings.cacheTtl, clock })
}
