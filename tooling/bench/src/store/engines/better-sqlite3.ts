import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Engine, EngineOptions } from '../engine.js'

/** SQLite in the settings that its users choose for speed; every process opens the file itself. */
export async function openBetterSqlite({ directory }: EngineOptions): Promise<Engine> {
  const database = new Database(join(directory, 'cache.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec('CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value BLOB)')
  const select = database.prepare<[string]>('SELECT value FROM cache WHERE key = ?').pluck()
  const insert = database.prepare<[string, Buffer]>('INSERT OR REPLACE INTO cache VALUES (?, ?)')
  return {
    get: (key) => select.get(key),
    set: (key, value) => insert.run(key, value),
    fill: database.transaction((entries: readonly (readonly [string, Buffer])[]) => {
      for (const [key, value] of entries) insert.run(key, value)
    }),
    close: () => database.close(),
  }
}
