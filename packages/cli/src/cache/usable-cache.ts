import type { Agent, Settings } from '@fsagent/agent'
import type { CacheManager } from '@fsagent/cache-manager'
import { CliError } from '../cli-error.js'

/**
 * Checks that there is to be a persistent cache at all, before anything is opened.
 *
 * @throws CliError `CLI_CACHE_OFF`
 */
export function requireCacheOn({ useNewCache }: Pick<Settings, 'useNewCache'>): void {
  if (useNewCache) return
  throw new CliError('CLI_CACHE_OFF', 'Cannot use the persistent cache: USE_NEW_CACHE is off')
}

/**
 * Gives the persistent cache of an agent for a command that makes no sense without it.
 *
 * @throws CliError `CLI_CACHE_OFF`, `CLI_CACHE_UNAVAILABLE`
 */
export function usableCache({ cacheManager: manager, settings }: Agent): CacheManager {
  requireCacheOn(settings)
  const statistics = manager?.stats()
  if (manager === undefined || statistics?.enabled !== true || statistics.role === 'degraded') {
    const reason = 'it works without its store now, perhaps because another process has it'
    throw new CliError('CLI_CACHE_UNAVAILABLE', `Cannot use the cache at "${settings.cacheDirectory}": ${reason}`)
  }
  return manager
}
