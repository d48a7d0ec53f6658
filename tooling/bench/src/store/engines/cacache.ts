import cacache from 'cacache'
import type { Engine, EngineOptions } from '../engine.js'

const FILL_AT_ONCE = 32

/** The content-addressed files of npm, without the copies that it can keep in memory. */
export async function openCacache({ directory }: EngineOptions): Promise<Engine> {
  return {
    get: async (key) => (await cacache.get(directory, key)).data,
    set: (key, value) => cacache.put(directory, key, value),
    fill: async (entries) => {
      for (let start = 0; start < entries.length; start += FILL_AT_ONCE)
        await Promise.all(
          entries.slice(start, start + FILL_AT_ONCE).map(([key, value]) => cacache.put(directory, key, value)),
        )
    },
    close: () => {},
  }
}
