import { PersistentCache } from '@fsagent/cache-core'
import type { CacheSettings } from './cache-settings.js'

/** Opens the store that the settings name. */
export function openStore(settings: CacheSettings): Promise<PersistentCache> {
  const { cacheDirectory: directory, sizeLimit, memoryLimit, clock, onWarning } = settings
  return PersistentCache.open({ directory, sizeLimit, memoryLimit, clock, onWarning })
}
