import type { Agent } from '@fsagent/agent'
import type { CacheManager, EnabledCacheStatistics } from '@fsagent/cache-manager'
import { CliError } from '../cli-error.js'

/** A cache that stores what it is given, and what it held when it was opened. */
export interface UsableCache {
  readonly manager: CacheManager
  readonly statistics: EnabledCacheStatistics
}

/**
 * Gives the persistent cache of an agent for a command that makes no sense without it.
 *
 * @throws CliError `CLI_CACHE_OFF`, `CLI_CACHE_UNAVAILABLE`
 */
export function usableCache({ cacheManager: manager }: Agent): UsableCache {
  const statistics = manager?.stats()
  if (manager === undefined || statistics === undefined || !statistics.enabled) {
    throw new CliError('CLI_CACHE_OFF', 'Cannot use the persistent cache: USE_NEW_CACHE is off')
  }
  if (statistics.role === 'degraded') {
    const { directory } = statistics.disk_cache
    throw new CliError(
      'CLI_CACHE_UNAVAILABLE',
      `Cannot use the cache at "${directory}": it works without its store now`,
    )
  }
  return { manager, statistics }
}
