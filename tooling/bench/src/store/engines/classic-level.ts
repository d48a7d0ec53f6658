import { ClassicLevel } from 'classic-level'
import type { Engine, EngineOptions } from '../engine.js'

const FILL_AT_ONCE = 256

/** LevelDB as it comes, below all that we add: one process, no expiry, no limit. */
export async function openClassicLevel({ directory }: EngineOptions): Promise<Engine> {
  const level = new ClassicLevel<string, Buffer>(directory, { valueEncoding: 'buffer' })
  await level.open()
  return {
    get: (key) => level.get(key),
    getSync: (key) => level.getSync(key),
    set: (key, value) => level.put(key, value),
    fill: async (entries) => {
      for (let start = 0; start < entries.length; start += FILL_AT_ONCE)
        await level.batch(
          entries.slice(start, start + FILL_AT_ONCE).map(([key, value]) => ({ type: 'put', key, value })),
        )
    },
    close: () => level.close(),
  }
}
