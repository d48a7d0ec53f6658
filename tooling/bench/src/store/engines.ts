import { mkdirSync } from 'node:fs'
import type { Engine, EngineOpener, EngineOptions } from './engine.js'

/** What can be measured. Loaded on use: a peer whose native addon cannot be had is missed by nobody else. */
const openers = {
  'cache-core': async () => (await import('./engines/cache-core.js')).openCacheCore,
  'classic-level': async () => (await import('./engines/classic-level.js')).openClassicLevel,
  lmdb: async () => (await import('./engines/lmdb.js')).openLmdb,
  'better-sqlite3': async () => (await import('./engines/better-sqlite3.js')).openBetterSqlite,
  cacache: async () => (await import('./engines/cacache.js')).openCacache,
  keyv: async () => (await import('./engines/keyv.js')).openKeyv,
  'flat-cache': async () => (await import('./engines/flat-cache.js')).openFlatCache,
  'lru-cache': async () => (await import('./engines/lru-cache.js')).openLruCache,
  'file system': async () => (await import('./engines/file-system.js')).openFileSystem,
} as const satisfies Readonly<Record<string, () => Promise<EngineOpener>>>

/** An engine's name, as tables show it. */
export type EngineName = keyof typeof openers

/** Opens an engine in a folder, which is made when missing. */
export async function openEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  const opener: EngineOpener = await openers[name]()
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  return await opener(options)
}
