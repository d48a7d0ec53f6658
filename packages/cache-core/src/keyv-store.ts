import { EventEmitter } from 'node:events'
import type { CacheStore } from './cache-store.js'
import { PersistentCache } from './persistent-cache.js'
import type { PersistentCacheOptions } from './persistent-cache-options.js'

/** Entries read or removed at a time. */
const pageLength = 256

/** An entry as Keyv hands over many of them at once. */
export interface KeyvEntry {
  readonly key: string
  readonly value: unknown
  /** Milliseconds; 0 or none means never. */
  readonly ttl?: number | undefined
}

/**
 * Lets Keyv 5 keep its values in a cache or in one of its namespaces: `new Keyv({ store: new KeyvStore(cache) })`.
 * A namespace of Keyv's is what its keys begin with, as in Keyv's other stores. No failure of storage is an `error`.
 */
export class KeyvStore extends EventEmitter {
  /**
   * Read by Keyv: it iterates only over stores of a dialect that it knows, and over this one as over its SQLite store.
   */
  readonly opts: Record<string, unknown> = { dialect: 'sqlite', url: '' }
  /** Set by Keyv: what the keys to clear begin with, up to a colon. */
  namespace: string | undefined
  readonly #store: CacheStore
  #opened: PersistentCache | undefined

  /** Over an open cache or one of its namespaces; whoever opened the cache closes it. */
  constructor(store: CacheStore) {
    super()
    this.#store = store
  }

  /** Opens a cache for Keyv alone, which `disconnect()` closes. Rejects as `PersistentCache.open()` does. */
  static async open(options: PersistentCacheOptions): Promise<KeyvStore> {
    const cache = await PersistentCache.open(options)
    const store = new KeyvStore(cache)
    store.#opened = cache
    return store
  }

  get<Value>(key: string): Promise<Value | undefined> {
    return this.#store.get<Value>(key)
  }

  getMany<Value>(keys: readonly string[]): Promise<(Value | undefined)[]> {
    return this.#store.getMany<Value>(keys)
  }

  /** `ttl` is in milliseconds; answers whether the value was stored. As in a `Map`, what has ended replaces what is there. */
  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    const milliseconds = ttl ?? 0
    if (milliseconds >= 0 || Number.isNaN(milliseconds))
      return await this.#store.set(key, value, { ttlSeconds: secondsOf(milliseconds) })
    await this.#store.delete(key)
    return true
  }

  /** Answers for each entry whether it was stored. */
  setMany(entries: readonly KeyvEntry[]): Promise<boolean[]>
  /** As Keyv's types have it, though Keyv hands the answers on to its caller. */
  setMany(entries: readonly KeyvEntry[]): Promise<void>
  setMany(entries: readonly KeyvEntry[]): Promise<unknown> {
    return Promise.all(entries.map(({ key, value, ttl }) => this.set(key, value, ttl)))
  }

  has(key: string): Promise<boolean> {
    return this.#store.has(key)
  }

  hasMany(keys: readonly string[]): Promise<boolean[]> {
    return Promise.all(keys.map((key) => this.#store.has(key)))
  }

  delete(key: string): Promise<boolean> {
    return this.#store.delete(key)
  }

  /** Answers whether all of them were there. */
  async deleteMany(keys: readonly string[]): Promise<boolean> {
    return (await this.#store.deleteMany(keys)) === new Set(keys).size
  }

  /** Removes the entries of Keyv's namespace, or all when it has none. */
  async clear(): Promise<void> {
    if (this.namespace === undefined) return await this.#store.clear()
    for await (const keys of this.#pages(this.namespace)) await this.#store.deleteMany(keys)
  }

  /** The entries of a namespace of Keyv's, or all. */
  async *iterator<Value>(namespace?: string): AsyncGenerator<[key: string, value: Value], void> {
    for await (const keys of this.#pages(namespace)) {
      const values = await this.#store.getMany<Value>(keys)
      for (const [index, key] of keys.entries()) {
        const value = values[index]
        if (value !== undefined) yield [key, value]
      }
    }
  }

  /** Closes the cache if it was opened here. */
  async disconnect(): Promise<void> {
    await this.#opened?.close()
  }

  async *#pages(namespace: string | undefined): AsyncGenerator<readonly string[]> {
    let page: string[] = []
    for await (const key of this.#store.keys({ prefix: namespace === undefined ? '' : `${namespace}:` })) {
      page.push(key)
      if (page.length < pageLength) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  }
}

/** Keyv keeps for ever what has no end, or none that is a number. */
function secondsOf(milliseconds: number): number {
  return Number.isFinite(milliseconds) ? milliseconds / 1000 : 0
}
