import { FakeClock, temporaryDirectory } from '@fsagent/testing'
import { PersistentCache, type CacheStore, type CacheWarning, type PersistentCacheOptions } from '../src/index.js'

/** A cache in a directory of its own, with a clock to move; both go when it is disposed of. */
export interface CacheBench extends AsyncDisposable {
  readonly cache: PersistentCache
  readonly clock: FakeClock
  readonly directory: string
  readonly warnings: CacheWarning[]
  /** Closes the cache and opens it again, with the same settings or changed ones. */
  reopen(changed?: Partial<PersistentCacheOptions>): Promise<void>
}

/** Opens a cache for a test: `await using bench = await openCache()`. */
export async function openCache(options: Partial<PersistentCacheOptions> = {}): Promise<CacheBench> {
  const home = temporaryDirectory()
  const directory = options.directory ?? home.join('cache')
  const clock = new FakeClock()
  const warnings: CacheWarning[] = []
  const settings = { directory, clock, onWarning: (warning: CacheWarning) => void warnings.push(warning), ...options }
  let cache = await PersistentCache.open(settings)
  return {
    get cache() {
      return cache
    },
    clock,
    directory,
    warnings,
    reopen: async (changed = {}) => {
      await cache.close()
      cache = await PersistentCache.open({ ...settings, ...changed })
    },
    [Symbol.asyncDispose]: async () => {
      await cache.close()
      home[Symbol.dispose]()
    },
  }
}

/** The keys of a store in a list. */
export async function keysOf(store: CacheStore, prefix = ''): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys({ prefix })) keys.push(key)
  return keys
}
