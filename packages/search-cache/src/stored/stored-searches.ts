import { randomUUID } from 'node:crypto'
import type { CacheStore, Clock } from '@fsagent/cache-core'
import { ancestorsOf } from '../path-order.js'
import type { PathItem } from '../search-job.js'
import { NOTHING_TO_WRITE, type StartedWrite } from './late-writes.js'
import type { StoredAddress } from './stored-address.js'
import { STORED_VERSION, type StoredSearch } from './stored-search.js'

/** A stored search and where it came from. */
export interface FoundSearch<Item extends PathItem> {
  readonly entry: StoredSearch<Item>
  readonly tier: 'memory' | 'disk'
}

/** A search as it is being stored. */
export interface StartedSearch<Item extends PathItem> extends StartedWrite {
  readonly entry: StoredSearch<Item>
}

const KEY_PREFIX = 'search/'
const ENTRY_LIMIT_BYTES = 16 * 1024 * 1024

/** Stored searches by their addresses. What comes out is only what was stored for the very query, and is not too old. */
export class StoredSearches {
  readonly #store: CacheStore
  readonly #ttlSeconds: number
  readonly #clock: Clock

  constructor(options: { store: CacheStore; ttlSeconds: number; clock: Clock }) {
    this.#store = options.store
    this.#ttlSeconds = options.ttlSeconds
    this.#clock = options.clock
  }

  /** Without a promise, as far as this process can get at the store that way. */
  findSync<Item extends PathItem>(address: StoredAddress): FoundSearch<Item> | undefined {
    const found = this.#store.lookupSync<unknown>(KEY_PREFIX + address.key)
    return found !== undefined && this.#isUsable<Item>(found.value, address)
      ? { entry: found.value, tier: found.tier }
      : undefined
  }

  async find<Item extends PathItem>(address: StoredAddress): Promise<FoundSearch<Item> | undefined> {
    const found = this.findSync<Item>(address)
    if (found !== undefined) return found
    const value = await this.#store.get<unknown>(KEY_PREFIX + address.key)
    return this.#isUsable<Item>(value, address) ? { entry: value, tier: 'disk' } : undefined
  }

  /**
   * Stores a search under a new id, unless it is too large. Its age goes on counting from the full search. The store has
   * the order when this returns, and `findSync()` sees the entry where this process has the store.
   */
  write<Item extends PathItem>(
    address: StoredAddress,
    search: Omit<StoredSearch<Item>, 'version' | 'id' | 'query'>,
  ): StartedSearch<Item> {
    const entry = { ...search, version: STORED_VERSION, id: randomUUID(), query: address.queryText } as const
    const bytes = estimatedBytes(entry)
    const ttlSeconds = this.#ttlSeconds === 0 ? 0 : this.#ttlSeconds - this.ageSeconds(entry)
    const isKept = bytes <= ENTRY_LIMIT_BYTES && (this.#ttlSeconds === 0 || ttlSeconds > 0)
    if (!isKept) return { entry, ...NOTHING_TO_WRITE }
    const tags = tagsOf(address.scope)
    return { entry, written: this.#store.set(KEY_PREFIX + address.key, entry, { ttlSeconds, tags }), bytes }
  }

  /** Removes what is stored about scopes that are the path, lie below it or contain it. */
  async invalidate(path: string): Promise<number> {
    let count = await this.#store.deleteByTag(`within:${path}`)
    for (const ancestor of ancestorsOf(path)) count += await this.#store.deleteByTag(`scope:${ancestor}`)
    return count
  }

  /** Seconds since everything was searched. */
  ageSeconds(entry: { readonly createdAtMs: number }): number {
    return Math.max(0, (this.#clock.now() - entry.createdAtMs) / 1000)
  }

  #isUsable<Item extends PathItem>(value: unknown, address: StoredAddress): value is StoredSearch<Item> {
    if (typeof value !== 'object' || value === null) return false
    // Written by this package alone, so version and query vouch for the rest.
    const entry = value as Partial<StoredSearch<Item>>
    if (entry.version !== STORED_VERSION || entry.query !== address.queryText) return false
    const createdAtMs = entry.createdAtMs ?? Infinity
    const ageMs = this.#clock.now() - createdAtMs
    return ageMs >= 0 && (this.#ttlSeconds === 0 || ageMs < this.#ttlSeconds * 1000)
  }
}

function tagsOf(scope: string): string[] {
  return [`scope:${scope}`, ...[...ancestorsOf(scope), scope].map((directory) => `within:${directory}`)]
}

function estimatedBytes(entry: StoredSearch<PathItem>): number {
  let bytes = 0
  for (const list of [entry.binary, entry.unreadable, entry.unproven]) for (const path of list) bytes += path.length + 8
  for (const item of entry.items) bytes += estimatedItemBytes(item)
  return bytes
}

function estimatedItemBytes(item: PathItem & { readonly matches?: readonly { readonly text: string }[] }): number {
  let bytes = item.path.length + 64
  for (const line of item.matches ?? []) bytes += line.text.length + 48
  return bytes
}
