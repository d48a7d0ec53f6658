import { PersistentCache } from '@fsagent/cache-core'
import type { CacheSettings } from './cache-settings.js'

/** Opens the store that the settings name. */
export function openStore(settings: CacheSettings): Promise<PersistentCache> {
  const { cacheDirectory: directory, sizeLimit, memoryLimit, longLived, clock, onWarning } = settings
  // A cache that many use does not change hands with each process that ends soon.
  const ownership = longLived ? 'prefer' : 'avoid'
  return PersistentCache.open({ directory, sizeLimit, memoryLimit, ownership, clock, onWarning })
}
