import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeClock, temporaryDirectory } from '@fsagent/testing'
import { PersistentCache, type CacheStore, type CacheWarning, type PersistentCacheOptions } from '../src/index.js'
import { auditDatabase, type Audit } from './audit-database.js'

/** A cache in a directory of its own, with a clock to move; both go when it is disposed of. */
export interface CacheBench extends AsyncDisposable {
  readonly cache: PersistentCache
  readonly clock: FakeClock
  readonly directory: string
  readonly warnings: CacheWarning[]
  /** Closes the cache and opens it again, with the same settings or changed ones. */
  reopen(changed?: Partial<PersistentCacheOptions>): Promise<void>
  /** Closes the cache and compares its ledger and indexes with its entries. */
  audit(): Promise<Audit>
  /** Closes the cache for good. */
  close(): Promise<void>
}

/** Opens a cache for a test: `await using bench = await openCache()`. */
export async function openCache(options: Partial<PersistentCacheOptions> = {}): Promise<CacheBench> {
  const home = temporaryDirectory()
  const directory = options.directory ?? home.join('cache')
  const clock = new FakeClock()
  const warnings: CacheWarning[] = []
  const settings = { directory, clock, onWarning: (warning: CacheWarning) => void warnings.push(warning), ...options }
  let cache = await PersistentCache.open(settings)
  return {
    get cache() {
      return cache
    },
    clock,
    directory,
    warnings,
    reopen: async (changed = {}) => {
      await cache.close()
      cache = await PersistentCache.open({ ...settings, ...changed })
    },
    audit: async () => {
      await cache.close()
      return await auditDatabase(directory)
    },
    close: () => cache.close(),
    [Symbol.asyncDispose]: async () => {
      await cache.close()
      home[Symbol.dispose]()
    },
  }
}

/** The keys of a store in a list. */
export async function keysOf(store: CacheStore, prefix = ''): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys({ prefix })) keys.push(key)
  return keys
}

/** An owner and a follower of one directory in this process, with one clock. */
export interface SharedBench extends AsyncDisposable {
  readonly owner: PersistentCache
  readonly follower: PersistentCache
  readonly clock: FakeClock
  readonly directory: string
  readonly warnings: CacheWarning[]
  /** Flips a byte in every file that holds a value. */
  damageBlobs(directory: string): void
}

/** Opens a directory twice: `await using bench = await openShared()`. */
export async function openShared(options: Partial<PersistentCacheOptions> = {}): Promise<SharedBench> {
  const bench = await openCache(options)
  const { clock, directory, warnings } = bench
  const onWarning = (warning: CacheWarning) => void warnings.push(warning)
  const follower = await PersistentCache.open({ clock, onWarning, ...options, directory })
  return {
    owner: bench.cache,
    follower,
    clock,
    directory,
    warnings,
    damageBlobs,
    [Symbol.asyncDispose]: async () => {
      await follower.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

/** Opens a directory twice; each use of `cache` is the turn of the other one. Reopening lets each own it once. */
export async function openInTurn(options: Partial<PersistentCacheOptions> = {}): Promise<CacheBench> {
  const bench = await openCache(options)
  const settings = { clock: bench.clock, ...options, directory: bench.directory }
  let other = await PersistentCache.open(settings)
  let turns = 0
  return {
    get cache() {
      turns += 1
      return turns % 2 === 0 ? bench.cache : other
    },
    clock: bench.clock,
    directory: bench.directory,
    warnings: bench.warnings,
    reopen: async (changed = {}) => {
      await bench.reopen(changed)
      await other.close()
      other = await PersistentCache.open({ ...settings, ...changed })
    },
    audit: async () => {
      await other.close()
      return await bench.audit()
    },
    close: async () => {
      await other.close()
      await bench.close()
    },
    [Symbol.asyncDispose]: async () => {
      await other.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

function damageBlobs(directory: string): void {
  const blobs = join(directory, 'blobs')
  for (const name of readdirSync(blobs, { recursive: true, encoding: 'utf8' })) {
    const path = join(blobs, name)
    if (!statSync(path).isFile()) continue
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }
}
