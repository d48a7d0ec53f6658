import type { CacheStatistics } from './cache-statistics.js'

/** How an entry is stored. */
export interface SetOptions {
  /** Seconds until the entry expires; 0 or none means never. */
  readonly ttlSeconds?: number
  /** Words by which `deleteByTag()` finds the entry. */
  readonly tags?: readonly string[]
  /** Ends the wait of the caller; what was already handed to the store is still stored. */
  readonly signal?: AbortSignal
}

/** How an entry is read. */
export interface GetOptions {
  readonly signal?: AbortSignal
}

/** How something is changed. */
export interface ChangeOptions {
  /** Ends the wait of the caller; what was asked for before still happens, as a whole. */
  readonly signal?: AbortSignal
}

/** Which keys are listed. */
export interface KeysOptions {
  /** Ends the list with a rejection. */
  readonly signal?: AbortSignal
  /** Only keys that begin with it. */
  readonly prefix?: string
}

/** A value together with where it came from. */
export interface LookupResult<T> {
  readonly value: T
  readonly tier: 'memory' | 'disk'
  /** Seconds since the entry was set. */
  readonly ageSeconds: number
}

/**
 * What a cache and each of its namespaces can do.
 *
 * Values are strings, bytes (`Uint8Array`) and whatever the structured clone algorithm copies, except `undefined`.
 * A value must not be changed after it was handed in or out; bytes are copied both ways. No method rejects because
 * storage failed: then a get is a miss and a set answers `false`. An aborted signal rejects the call of its caller with
 * the signal's reason, and nobody else's; a change that was under way still happens, as a whole.
 */
export interface CacheStore {
  /** The value, or `undefined` when there is none or it expired. */
  get<T>(key: string, options?: GetOptions): Promise<T | undefined>
  /** As `get()`, with the tier that answered and the age of the entry. */
  lookup<T>(key: string, options?: GetOptions): Promise<LookupResult<T> | undefined>
  /**
   * As `get()`, without a promise: the memory tier, else a read from disk that takes some microseconds. In a follower
   * the memory tier alone, and only what is certainly still right; ask with `get()` when it finds nothing.
   */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's word, as for `get()`
  getSync<T>(key: string): T | undefined
  /** As `getSync()`, with the tier that answered and the age of the entry; in a follower, finding nothing is no miss. */
  lookupSync<T>(key: string): LookupResult<T> | undefined
  /** One answer for each key, in the order of the keys. */
  getMany<T>(keys: Iterable<string>, options?: GetOptions): Promise<(T | undefined)[]>
  /** Whether `get()` would find something; counts as neither hit nor miss. */
  has(key: string, options?: GetOptions): Promise<boolean>
  /**
   * Stores a value. Once it answers `true`, the entry survives a crash of the process; `false` means that it was not
   * stored (too large, or the store cannot be written now) and that no older value is left under the key.
   *
   * @throws TypeError when the value cannot be stored, whatever the state of the store
   * @throws RangeError when `ttlSeconds` is negative or not finite
   */
  set(key: string, value: unknown, options?: SetOptions): Promise<boolean>
  /** As `set()` for each pair; `true` when all were stored. */
  setMany(entries: Iterable<readonly [string, unknown]>, options?: SetOptions): Promise<boolean>
  /**
   * The stored value, or what the loader gives, stored for the next time. However many callers wait for a key, the
   * loader runs once; when it rejects, all of them get the rejection and nothing is stored.
   */
  getOrSet<T>(key: string, loader: () => T | Promise<T>, options?: SetOptions): Promise<T>
  /** Removes an entry; answers whether there was one. */
  delete(key: string, options?: ChangeOptions): Promise<boolean>
  /** Removes entries; answers how many there were. */
  deleteMany(keys: Iterable<string>, options?: ChangeOptions): Promise<number>
  /** Removes the entries that were set with the tag; answers how many there were. */
  deleteByTag(tag: string, options?: ChangeOptions): Promise<number>
  /** The keys of the entries that have not expired, in the order of their UTF-8 bytes. */
  keys(options?: KeysOptions): AsyncIterable<string>
  /** Removes all entries. */
  clear(options?: ChangeOptions): Promise<void>
  /** Sizes and counters, without reading an entry. */
  stats(): CacheStatistics
}
