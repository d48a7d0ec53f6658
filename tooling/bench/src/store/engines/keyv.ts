import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Keyv } from 'keyv'
import type { Engine, EngineOptions } from '../engine.js'

/** Keyv on its SQLite store, with the same settings of SQLite as its rival so that only the layers differ. */
export async function openKeyv({ directory }: EngineOptions): Promise<Engine> {
  requireAddon()
  const { KeyvSqlite } = await import('@keyv/sqlite')
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

/** Throws when the addon is not compiled: imported without it, the store would end the process. */
function requireAddon(): void {
  const store = createRequire(import.meta.url).resolve('@keyv/sqlite')
  createRequire(store)('sqlite3')
}
