import { resolve } from 'node:path'
import type { CacheRole, CacheStatistics } from './cache-statistics.js'
import type { CacheStore, GetOptions, KeysOptions, LookupResult, SetOptions } from './cache-store.js'
import type { PersistentCacheOptions } from './persistent-cache-options.js'

/** A cache on disk. Until storage is in place it answers as without a store: misses and `false`. */
export class PersistentCache implements CacheStore, AsyncDisposable {
  readonly directory: string
  readonly #sizeLimit: number

  private constructor(options: PersistentCacheOptions) {
    this.directory = resolve(options.directory)
    this.#sizeLimit = options.sizeLimit ?? 524_288_000
  }

  /** Opens the cache in a directory. */
  static async open(options: PersistentCacheOptions): Promise<PersistentCache> {
    return new PersistentCache(options)
  }

  get role(): CacheRole {
    return 'degraded'
  }
  namespace(_name: string): CacheStore {
    return this
  }
  async get<T>(_key: string, _options?: GetOptions): Promise<T | undefined> {
    return undefined
  }
  getSync<T>(_key: string): T | undefined {
    return undefined
  }
  lookupSync<T>(_key: string): LookupResult<T> | undefined {
    return undefined
  }
  async getMany<T>(keys: Iterable<string>): Promise<(T | undefined)[]> {
    return Array.from(keys, () => undefined)
  }
  async has(_key: string): Promise<boolean> {
    return false
  }
  async set(_key: string, _value: unknown, _options?: SetOptions): Promise<boolean> {
    return false
  }
  async setMany(_entries: Iterable<readonly [string, unknown]>, _options?: SetOptions): Promise<boolean> {
    return false
  }
  async getOrSet<T>(_key: string, loader: () => T | Promise<T>, _options?: SetOptions): Promise<T> {
    return await loader()
  }
  async delete(_key: string): Promise<boolean> {
    return false
  }
  async deleteMany(_keys: Iterable<string>): Promise<number> {
    return 0
  }
  async deleteByTag(_tag: string): Promise<number> {
    return 0
  }
  async *keys(_options?: KeysOptions): AsyncIterable<string> {}
  async clear(): Promise<void> {}
  stats(): CacheStatistics {
    return {
      size: 0,
      volume: 0,
      directory: this.directory,
      size_limit: this.#sizeLimit,
      hits: 0,
      misses: 0,
      stale: 0,
      evictions: 0,
      role: this.role,
      memory: { size: 0, bytes: 0, limit: 0 },
    }
  }
  async compact(): Promise<void> {}
  async close(): Promise<void> {}
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
