import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine, EngineOptions } from '../engine.js'

/** A file for each value: no checks, no names that need escaping, no limit. */
export async function openFileSystem({ directory }: EngineOptions): Promise<Engine> {
  const set = (key: string, value: Buffer): void => writeFileSync(join(directory, key), value)
  return {
    get: (key) => readFileSync(join(directory, key)),
    set,
    fill: (entries) => {
      for (const [key, value] of entries) set(key, value)
    },
    close: () => {},
  }
}
