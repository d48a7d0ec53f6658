import type { PersistentCache } from '@fsagent/cache-core'
import type { CacheSettings } from './cache-settings.js'

/**
 * Opens the store that the settings name.
 *
 * The database is loaded with it: what reads a file and ends does without.
 *
 * @throws CacheError CACHE_DIRECTORY_FOREIGN
 */
export async function openStore(settings: CacheSettings): Promise<PersistentCache> {
  const { cacheDirectory: directory, sizeLimit, memoryLimit, longLived, clock, onWarning } = settings
  // A cache that many use does not change hands with each process that ends soon.
  const ownership = longLived ? 'prefer' : 'avoid'
  const { PersistentCache } = await import('@fsagent/cache-core')
  return PersistentCache.open({ directory, sizeLimit, memoryLimit, ownership, clock, onWarning })
}

/** As {@link openStore}; `undefined` when the directory is refused. */
export async function openStoreUnlessRefused(settings: CacheSettings): Promise<PersistentCache | undefined> {
  try {
    return await openStore(settings)
  } catch (error) {
    const { CacheError } = await import('@fsagent/cache-core')
    if (error instanceof CacheError) return undefined
    throw error
  }
}
