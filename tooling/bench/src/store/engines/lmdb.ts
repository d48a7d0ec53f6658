import { join } from 'node:path'
import { open } from 'lmdb'
import type { Engine, EngineOptions } from '../engine.js'

/** LMDB with its default settings; every process opens the file itself. */
export async function openLmdb({ directory }: EngineOptions): Promise<Engine> {
  const database = open<Buffer, string>({ path: join(directory, 'data.mdb'), encoding: 'binary' })
  return {
    get: (key) => database.get(key),
    set: (key, value) => database.put(key, value),
    fill: (entries) => Promise.all(entries.map(([key, value]) => database.put(key, value))),
    close: () => database.close(),
  }
}
