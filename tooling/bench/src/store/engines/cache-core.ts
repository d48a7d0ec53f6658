import { PersistentCache } from '@fsagent/cache-core'
import type { Engine, EngineOptions } from '../engine.js'

const FILL_AT_ONCE = 256

/** Our own cache. */
export async function openCacheCore({ directory, memoryLimit, sizeLimit }: EngineOptions): Promise<Engine> {
  const cache = await PersistentCache.open({
    directory,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(sizeLimit === undefined ? {} : { sizeLimit }),
  })
  return {
    get: (key) => cache.get(key),
    getSync: (key) => cache.getSync(key),
    set: (key, value) => cache.set(key, value),
    fill: async (entries) => {
      for (let start = 0; start < entries.length; start += FILL_AT_ONCE)
        if (!(await cache.setMany(entries.slice(start, start + FILL_AT_ONCE))))
          throw new Error(`Cannot fill cache at "${directory}": it is ${cache.role}`)
    },
    close: () => cache.close(),
  }
}
