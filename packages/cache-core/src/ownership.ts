import { join } from 'node:path'
import { AccessStamps } from './access-stamps.js'
import { BlobStore } from './blob-store.js'
import { CacheError } from './cache-error.js'
import type { CacheRole } from './cache-statistics.js'
import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'
import { hasCode } from './error-code.js'
import { blobFolder, blobPrefix } from './layout.js'
import { storageFailure, storageReason } from './level-database.js'
import { MemoryTier } from './memory-tier.js'
import { MissedChanges } from './missed-changes.js'
import { openDirectory, type OpenDirectory } from './open-directory.js'
import { PendingWrites } from './pending-writes.js'
import { preparePrivateDirectory } from './private-files.js'
import { RetrySchedule } from './retry-schedule.js'
import { setAsideDatabase } from './set-aside.js'
import type { StoreParts } from './store-parts.js'
import { Store } from './store.js'
import { degradedWarning, replacedWarning, setAsideWarning, tightenedWarning } from './warnings.js'

/** Milliseconds between two looks at whether the directory is still there. */
const beatEvery = 1000

/** Checked settings of a cache. */
export interface OwnershipSettings {
  /** Absolute. */
  readonly directory: string
  readonly sizeLimit: number
  readonly memoryLimit: number
  readonly clock: Clock
  readonly onWarning: (warning: CacheWarning) => void
}

/**
 * Holds the store while this process owns the directory, and otherwise tries to get it: on use and not too often.
 * Whatever storage does, callers only see whether there is a store.
 */
export class Ownership {
  readonly missed = new MissedChanges()
  readonly settings: OwnershipSettings
  readonly #retries: RetrySchedule
  #store: Store | undefined
  #opened: OpenDirectory | undefined
  #attempt: Promise<void> | undefined
  #ending: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #nextBeat = 0
  #pastEvictions = 0
  #isDamaged = false
  #isClosed = false

  constructor(settings: OwnershipSettings) {
    this.settings = settings
    this.#retries = new RetrySchedule(settings.clock)
  }

  get role(): CacheRole {
    return this.#store === undefined ? 'degraded' : 'owner'
  }

  /** Entries that this process removed to stay below the size limit. */
  get evictions(): number {
    return this.#pastEvictions + (this.#store?.evictions ?? 0)
  }

  /** Wall-clock time in milliseconds. */
  now(): number {
    return this.settings.clock.now()
  }

  /** The first attempt. @throws CacheError `CACHE_DIRECTORY_FOREIGN` */
  async open(): Promise<void> {
    const failure = await this.#tryToOpen()
    if (failure instanceof CacheError) throw failure
    if (failure !== undefined) this.#retryAfter(failure)
  }

  /** The store, or `undefined`; begins an attempt or a check in the background when one is due. */
  use(): Store | undefined {
    const now = this.settings.clock.monotonic()
    if (now >= this.#nextBeat) this.#beat(now)
    return this.#store
  }

  /** As {@link use}, but waits for an attempt that is under way: for writes. */
  async reach(): Promise<Store | undefined> {
    const store = this.use()
    if (store === undefined) await this.#attempt
    return store ?? this.#store
  }

  /** Removes all entries of a namespace, or of all namespaces. */
  async clear(namespace: string | undefined): Promise<void> {
    const store = this.use() ?? (await this.reach())
    if (store === undefined) this.missed.addClear(namespace)
    else await store.clear(namespace)
  }

  /** Does what maintenance has to do and rewrites the tables without what was removed. */
  async compact(): Promise<void> {
    const store = this.use() ?? (await this.reach())
    await store?.compact()
  }

  /** Ends everything; what was asked for before is written first. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#attempt
    this.#release(this.#store)
    await this.#ending
  }

  #beat(now: number): void {
    if (this.#isClosed) return
    this.#nextBeat = now + beatEvery
    if (this.#store !== undefined) void this.#check(this.#store)
    else if (this.#retries.isDue()) this.#begin()
  }

  #begin(): void {
    if (this.#isClosed) return
    this.#attempt ??= this.#tryAgain().finally(() => {
      this.#attempt = undefined
    })
  }

  async #tryAgain(): Promise<void> {
    const failure = await this.#tryToOpen()
    if (failure !== undefined) this.#retryAfter(failure)
  }

  async #check(store: Store): Promise<void> {
    if (await this.#isInPlace()) return await store.maintenance.wake()
    if (this.#store !== store) return
    this.settings.onWarning(replacedWarning(this.settings.directory))
    this.#release(store)
    this.#begin()
  }

  async #isInPlace(): Promise<boolean> {
    try {
      return (await this.#opened?.isInPlace()) ?? true
    } catch (error) {
      if (hasCode(error)) return false
      throw error
    }
  }

  /** Answers why it failed, if it did. */
  async #tryToOpen(): Promise<unknown> {
    await this.#ending
    const { directory, onWarning } = this.settings
    try {
      if (await preparePrivateDirectory(directory)) onWarning(tightenedWarning(directory))
      if (this.#isDamaged) await setAsideDatabase(directory)
      this.#take(await openDirectory(directory))
      return undefined
    } catch (error) {
      return error
    }
  }

  #take(opened: OpenDirectory): void {
    const { directory, clock, onWarning } = this.settings
    if (opened.damage !== undefined) onWarning(setAsideWarning(directory, opened.damage))
    const store: Store = new Store(storeParts(this.settings, opened), {
      onLost: (change) => this.missed.add(change),
      onFailure: (error) => this.#lose(store, error),
    })
    store.apply(this.missed.take())
    this.#opened = opened
    this.#store = store
    this.#isDamaged = false
    this.#retries.succeeded()
    this.#nextBeat = clock.monotonic() + beatEvery
    this.#timer = setInterval(() => this.use(), beatEvery).unref()
    void store.maintenance.wake()
  }

  #lose(store: Store, error: unknown): void {
    if (this.#store !== store) return
    this.#release(store)
    this.#nextBeat = 0
    this.#retryAfter(error)
  }

  #retryAfter(error: unknown): void {
    const { directory, onWarning } = this.settings
    const failure = storageFailure(error)
    this.#isDamaged = failure === 'damaged'
    const isNews = this.#retries.failed(failure)
    if (isNews && this.#isDamaged) onWarning(setAsideWarning(directory, storageReason(error)))
    else if (isNews) onWarning(degradedWarning(directory, error))
  }

  /** Lets the store go; a next one waits until its files are closed. */
  #release(store: Store | undefined): void {
    const opened = this.#opened
    clearInterval(this.#timer)
    this.#pastEvictions += store?.evictions ?? 0
    this.#store = undefined
    this.#opened = undefined
    if (store !== undefined) this.#ending = endStore(store, opened)
  }
}

async function endStore(store: Store, opened: OpenDirectory | undefined): Promise<void> {
  await store.close()
  try {
    await opened?.close()
  } catch (error) {
    // LevelDB gives its files up either way, and everything that was acknowledged is in them.
    if (!hasCode(error)) throw error
  }
}

function storeParts(settings: OwnershipSettings, { database, ledger }: OpenDirectory): StoreParts {
  const { directory, sizeLimit, memoryLimit, clock } = settings
  const isReferenced = (name: string) => database.getSync(blobPrefix + name) !== undefined
  const blobs = new BlobStore(join(directory, blobFolder), isReferenced)
  const memory = new MemoryTier(memoryLimit)
  const [pending, stamps] = [new PendingWrites(), new AccessStamps()]
  return { directory, database, ledger, blobs, memory, pending, stamps, clock, sizeLimit }
}
