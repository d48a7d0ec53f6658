import { EventEmitter } from 'node:events'
import type { CacheEvents, CacheListener, HeardEvents } from './cache-events.js'
import type { BackupReport, RestoreReport } from './backup-reports.js'
import type { CacheRole, CacheStatistics } from './cache-statistics.js'
import type { CacheStore, ChangeOptions, GetOptions, KeysOptions, LookupResult, SetOptions } from './cache-store.js'
import { discardDatabase } from './discard-database.js'
import { NamespaceStore } from './namespace-store.js'
import { joinDirectory, type JoinNeeds } from './join-directory.js'
import { checkLevel, type LevelInput } from './level-input.js'
import { LevelSeat } from './level-seat.js'
import { openUntilAborted } from './open-until-aborted.js'
import { Ownership } from './ownership.js'
import type { OwnershipSettings } from './ownership-settings.js'
import {
  checkCacheOptions,
  checkOptions,
  type CacheOptions,
  type PersistentCacheOptions,
} from './persistent-cache-options.js'
import { checkFile, performJob, type JobOptions } from './perform-job.js'
import { describeStore, type UseCounts } from './statistics.js'
import { untilAborted } from './until-aborted.js'
import type { VerifyReport } from './verify-report.js'
import { escapeText } from './well-formed-text.js'

/**
 * A cache on disk that outlives the process: entries expire, the least recently used go when the size limit is
 * reached, and no failure of storage ever reaches the caller as more than a miss.
 */
export class PersistentCache extends EventEmitter<CacheEvents> implements CacheStore, AsyncDisposable {
  readonly #heard: HeardEvents = {}
  readonly #ownership: Ownership
  readonly #own: NamespaceStore
  readonly #namespaces = new Map<string, NamespaceStore>()
  #closing: Promise<void> | undefined

  private constructor(settings: Omit<OwnershipSettings, 'events' | 'heard'>) {
    super()
    this.#ownership = new Ownership({ ...settings, events: this, heard: this.#heard })
    this.#own = new NamespaceStore(this.#ownership, '')
  }

  /**
   * Opens the cache in a directory: as its `owner`, or as a `follower` when another process is that. When storage
   * refuses, the cache is there all the same, in the role `degraded`, and becomes more as soon as that is possible.
   *
   * @throws TypeError or RangeError when an option is wrong, and the signal's reason
   * @throws CacheError `CACHE_DIRECTORY_FOREIGN` when the directory belongs to another user, `CACHE_DIRECTORY_OCCUPIED`
   * when it is open to others and holds files of other programs
   */
  static async open(options: PersistentCacheOptions): Promise<PersistentCache> {
    const { ownership, ...settings } = checkOptions(options)
    options.signal?.throwIfAborted()
    const join = (needs: JoinNeeds) => joinDirectory(needs, ownership)
    const discard = () => discardDatabase(settings.directory)
    return await openUntilAborted(PersistentCache.#open({ ...settings, join, discard }), options.signal)
  }

  /**
   * Opens a cache in a level: an open database of the abstract-level kind, `memory-level` for one. Everything is in a
   * part of it called `fsagent-cache`, for this process alone. The level stays open when the cache is closed: it is for
   * whoever opened it to close, after the cache.
   *
   * @throws TypeError or RangeError when the level is none or an option is wrong
   * @throws CacheError `CACHE_LEVEL_UNUSABLE` when the level is not open, cannot `getSync()` or keep bytes, or is in use
   */
  static async fromLevel(level: LevelInput, options: CacheOptions = {}): Promise<PersistentCache> {
    const checked = checkLevel(level)
    const join = (needs: JoinNeeds) => LevelSeat.take(checked, needs)
    const discard = () => LevelSeat.discard(checked)
    return await PersistentCache.#open({ directory: '', ...checkCacheOptions(options), join, discard })
  }

  static async #open(settings: Omit<OwnershipSettings, 'events' | 'heard'>): Promise<PersistentCache> {
    const cache = new PersistentCache(settings)
    await cache.#ownership.open()
    return cache
  }

  /** Absolute path; empty for a cache in a level. */
  get directory(): string {
    return this.#ownership.settings.directory
  }

  /** Whether this process has the database open, uses that of another one, or goes without. */
  get role(): CacheRole {
    return this.#ownership.role
  }

  /**
   * A part of the cache with keys and counters of its own; the same object for the same name.
   *
   * @throws TypeError when the name is empty or not a string
   */
  namespace(name: string): CacheStore {
    if (typeof name !== 'string' || name === '')
      throw new TypeError(`Cannot use namespace ${JSON.stringify(name)}: the name must be a string with characters`)
    const known = this.#namespaces.get(name)
    if (known !== undefined) return known
    const store = new NamespaceStore(this.#ownership, escapeText(name))
    this.#namespaces.set(name, store)
    return store
  }

  /** Listens to an event; `once()`, `off()` and the rest are those of every emitter of Node. */
  override on<Name>(name: Name | keyof CacheEvents, listener: CacheListener<Name>): this {
    this.#hear(name)
    return super.on(name, listener)
  }

  override addListener<Name>(name: Name | keyof CacheEvents, listener: CacheListener<Name>): this {
    return this.on(name, listener)
  }

  override prependListener<Name>(name: Name | keyof CacheEvents, listener: CacheListener<Name>): this {
    this.#hear(name)
    return super.prependListener(name, listener)
  }

  get<T>(key: string, options?: GetOptions): Promise<T | undefined> {
    return this.#own.get<T>(key, options)
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's word, as for `get()`
  getSync<T>(key: string): T | undefined {
    return this.#own.getSync<T>(key)
  }

  lookup<T>(key: string, options?: GetOptions): Promise<LookupResult<T> | undefined> {
    return this.#own.lookup<T>(key, options)
  }

  lookupSync<T>(key: string): LookupResult<T> | undefined {
    return this.#own.lookupSync<T>(key)
  }

  getMany<T>(keys: Iterable<string>, options?: GetOptions): Promise<(T | undefined)[]> {
    return this.#own.getMany<T>(keys, options)
  }

  has(key: string, options?: GetOptions): Promise<boolean> {
    return this.#own.has(key, options)
  }

  set(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return this.#own.set(key, value, options)
  }

  setMany(entries: Iterable<readonly [string, unknown]>, options?: SetOptions): Promise<boolean> {
    return this.#own.setMany(entries, options)
  }

  getOrSet<T>(key: string, loader: () => T | Promise<T>, options?: SetOptions): Promise<T> {
    return this.#own.getOrSet(key, loader, options)
  }

  delete(key: string, options?: ChangeOptions): Promise<boolean> {
    return this.#own.delete(key, options)
  }

  deleteMany(keys: Iterable<string>, options?: ChangeOptions): Promise<number> {
    return this.#own.deleteMany(keys, options)
  }

  deleteByTag(tag: string, options?: ChangeOptions): Promise<number> {
    return this.#own.deleteByTag(tag, options)
  }

  keys(options?: KeysOptions): AsyncIterable<string> {
    return this.#own.keys(options)
  }

  /** Removes all entries, those of the namespaces too. */
  async clear({ signal }: ChangeOptions = {}): Promise<void> {
    signal?.throwIfAborted()
    for (const store of this.#stores()) store.forgetFlights()
    await untilAborted(this.#ownership.clear(undefined), signal)
  }

  /** Sizes and counters of the whole cache, its namespaces included. */
  stats(): CacheStatistics {
    const total: UseCounts = { hits: 0, misses: 0, stale: 0 }
    for (const { counts } of this.#stores()) {
      total.hits += counts.hits
      total.misses += counts.misses
      total.stale += counts.stale
    }
    return describeStore(this.#ownership, undefined, total)
  }

  /** Gives the disk space of removed entries back now; it also happens by itself in idle time. */
  async compact({ signal }: ChangeOptions = {}): Promise<void> {
    signal?.throwIfAborted()
    await untilAborted(this.#ownership.change({ make: (store) => store.compact(), miss: () => {} }), signal)
  }

  /**
   * Checks every entry, index and count against the others and puts right what is not: what does not check out is
   * removed. Others go on meanwhile.
   *
   * @throws CacheError `CACHE_UNAVAILABLE` when there is no store to check, `CACHE_PROTOCOL_UNSUPPORTED`
   */
  async verify(options?: JobOptions): Promise<VerifyReport> {
    return await performJob(this.#ownership, { type: 'verify', file: '' }, options)
  }

  /**
   * Writes all entries as they are at one moment to a file, which is there whole or not at all. Others go on meanwhile.
   *
   * @throws CacheError `CACHE_BACKUP_TARGET_INVALID`, `CACHE_BACKUP_FAILED`, `CACHE_UNAVAILABLE`,
   * `CACHE_PROTOCOL_UNSUPPORTED`
   * @throws TypeError when `file` is not a path
   */
  async backup(file: string, options?: JobOptions): Promise<BackupReport> {
    return await performJob(this.#ownership, { type: 'backup', file: checkFile(file) }, options)
  }

  /**
   * Replaces all entries by those of a backup, with their ages, expiries, tags and order of use. A file that is not a
   * whole backup changes nothing; an end in the middle leaves some of its entries.
   *
   * @throws CacheError `CACHE_BACKUP_INVALID`, `CACHE_BACKUP_UNREADABLE`, `CACHE_UNAVAILABLE`,
   * `CACHE_PROTOCOL_UNSUPPORTED`
   * @throws TypeError when `file` is not a path
   */
  async restore(file: string, options?: JobOptions): Promise<RestoreReport> {
    const job = { type: 'restore', file: checkFile(file) } as const
    for (const store of this.#stores()) store.forgetFlights()
    return await performJob(this.#ownership, job, options)
  }

  /** Writes what waits and closes the files; afterwards every get is a miss and every set answers `false`. */
  close(): Promise<void> {
    this.#closing ??= this.#ownership.close()
    return this.#closing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #hear(name: unknown): void {
    if (name === 'hit' || name === 'miss' || name === 'stale') this.#heard[name] = true
  }

  #stores(): readonly NamespaceStore[] {
    return [this.#own, ...this.#namespaces.values()]
  }
}
