import { LRUCache } from 'lru-cache'
import type { Engine } from '../engine.js'

const MOST_ENTRIES = 1_000_000

/** What a cache costs that is gone with the process. */
export async function openLruCache(): Promise<Engine> {
  const cache = new LRUCache<string, Buffer>({ max: MOST_ENTRIES })
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    fill: (entries) => {
      for (const [key, value] of entries) cache.set(key, value)
    },
    close: () => {},
  }
}
