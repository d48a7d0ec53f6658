import { join } from 'node:path'
import { KeyvSqlite } from '@keyv/sqlite'
import { Keyv } from 'keyv'
import type { Engine, EngineOptions } from '../engine.js'

/** Keyv on its SQLite store, with the same settings of SQLite as its rival so that only the layers differ. */
export async function openKeyv({ directory }: EngineOptions): Promise<Engine> {
  const store = new KeyvSqlite(`sqlite://${join(directory, 'keyv.sqlite')}`)
  await store.query('PRAGMA journal_mode = WAL')
  await store.query('PRAGMA synchronous = NORMAL')
  const keyv = new Keyv({ store })
  return {
    get: (key) => keyv.get(key),
    set: (key, value) => keyv.set(key, value),
    fill: async (entries) => {
      await store.query('BEGIN')
      for (const [key, value] of entries) await keyv.set(key, value)
      await store.query('COMMIT')
    },
    close: () => keyv.disconnect(),
  }
}
