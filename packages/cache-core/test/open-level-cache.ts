import { FakeClock } from '@fsagent/testing'
import { MemoryLevel } from 'memory-level'
import { PersistentCache, type CacheOptions, type CacheWarning } from '../src/index.js'
import { openSublevel } from '../src/open-sublevel.js'
import { auditLevel } from './audit-database.js'
import type { CacheBench } from './open-cache.js'

/** Opens a cache in a level of its own, which stays when the cache is closed and opened again. */
export async function openLevelCache(options: CacheOptions = {}, level = new MemoryLevel()): Promise<CacheBench> {
  const clock = new FakeClock()
  const warnings: CacheWarning[] = []
  const settings = { clock, onWarning: (warning: CacheWarning) => void warnings.push(warning), ...options }
  let cache = await PersistentCache.fromLevel(level, settings)
  return {
    get cache() {
      return cache
    },
    clock,
    directory: '',
    warnings,
    reopen: async (changed = {}) => {
      await cache.close()
      cache = await PersistentCache.fromLevel(level, { ...settings, ...changed })
    },
    audit: async () => {
      await cache.close()
      const { database, release } = await openSublevel(level)
      const audit = await auditLevel(database)
      await release()
      return audit
    },
    close: () => cache.close(),
    [Symbol.asyncDispose]: async () => {
      await cache.close()
      await level.close()
    },
  }
}
