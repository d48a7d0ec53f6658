import { realpath } from 'node:fs/promises'
import { CacheManagerError } from './cache-manager-error.js'
import type { CacheSettings } from './cache-settings.js'

/** Gives a path without symbolic links; as it is where there is nothing (yet). */
export async function canonicalPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path
    throw error
  }
}

/**
 * Refuses to keep the cache among the documents themselves; below them is fine.
 *
 * @throws CacheManagerError CACHE_DIRECTORY_IS_ROOT
 */
export async function checkCacheDirectory({ cacheDirectory, dataRoot }: CacheSettings): Promise<void> {
  if ((await canonicalPath(cacheDirectory)) !== (await canonicalPath(dataRoot))) return
  throw new CacheManagerError(
    'CACHE_DIRECTORY_IS_ROOT',
    `Cannot keep cache in ${JSON.stringify(cacheDirectory)}: it is the data root itself`,
  )
}
