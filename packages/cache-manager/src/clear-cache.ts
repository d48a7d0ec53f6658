import { existsSync } from 'node:fs'
import type { PersistentCache } from '@fsagent/cache-core'
import { checkCacheDirectory } from './cache-directory.js'
import { cachedNamespaces } from './cached-namespaces.js'
import { CacheManagerError } from './cache-manager-error.js'
import { type CacheManagerOptions, completeSettings } from './cache-settings.js'
import { openStore } from './open-store.js'

/** What was removed from a cache. */
export interface ClearedCache {
  /** Entries. */
  readonly removed: number
  /** Keys, values and metadata of these entries. */
  readonly bytes: number
}

/**
 * Empties the cache that `CacheManager.open()` with the same options uses; the data root itself need not be there.
 *
 * @throws CacheManagerError CACHE_NOT_WRITABLE when the store cannot be used now, CACHE_DIRECTORY_IS_ROOT
 * @throws CacheError CACHE_DIRECTORY_FOREIGN
 */
export async function clearCache(options: CacheManagerOptions): Promise<ClearedCache> {
  const settings = completeSettings(options)
  await checkCacheDirectory(settings)
  // Opening would make the directory.
  if (!existsSync(settings.cacheDirectory)) return { removed: 0, bytes: 0 }
  await using cache = await openStore(settings)
  if (cache.role !== 'degraded') return await emptyStore(cache)
  const where = JSON.stringify(cache.directory)
  const reason = 'it cannot be written now, perhaps because another process has it'
  throw new CacheManagerError('CACHE_NOT_WRITABLE', `Cannot clear cache at ${where}: ${reason}`)
}

/** Empties a store that is open, and gives its space back. */
export async function emptyStore(cache: PersistentCache): Promise<ClearedCache> {
  const before = cache.stats()
  for (const name of cachedNamespaces) await cache.namespace(name).clear()
  await cache.compact()
  const after = cache.stats()
  return { removed: Math.max(0, before.size - after.size), bytes: Math.max(0, before.volume - after.volume) }
}
