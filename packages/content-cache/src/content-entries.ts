import { createHash } from 'node:crypto'
import type { CacheStore, LookupResult } from '@fsagent/cache-core'
import { type ContentRecord, parseContentRecord } from './content-record.js'
import { FileContent } from './file-content.js'

/** A record as the store gave it back, ready to be read. */
export interface StoredContent {
  readonly record: ContentRecord
  readonly content: FileContent
  readonly tier: 'memory' | 'disk'
  readonly ageSeconds: number
}

/** Whose entries these are and how long they live. */
export interface ContentEntriesOptions {
  readonly store: CacheStore
  /** Absolute path of the root: two roots may share a store. */
  readonly rootPath: string
  /** Seconds; 0 means without end. */
  readonly ttlSeconds: number
}

/** Bytes of records that may wait to be written. */
const mostWaitingBytes = 67_108_864

/** Keeps one record for each real path below a root. */
export class ContentEntries {
  readonly #store: CacheStore
  readonly #prefix: string
  readonly #ttlSeconds: number
  /** What was already checked and indexed, for as long as the store's memory tier holds the same object. */
  readonly #parsed = new WeakMap<object, { readonly record: ContentRecord; readonly content: FileContent }>()

  readonly #waiting = new Set<Promise<void>>()
  #waitingBytes = 0

  constructor({ store, rootPath, ttlSeconds }: ContentEntriesOptions) {
    this.#store = store
    this.#prefix = `${createHash('sha256').update(rootPath).digest('hex').slice(0, 16)}/`
    this.#ttlSeconds = ttlSeconds
  }

  /** The record of a real path, whether or not it is still true. */
  find(realPath: string): StoredContent | undefined {
    return this.#usable(this.#store.lookupSync<unknown>(this.#prefix + realPath))
  }

  #usable(found: LookupResult<unknown> | undefined): StoredContent | undefined {
    if (found === undefined || this.#isExpired(found.ageSeconds)) return undefined
    const parsed = this.#parse(found.value)
    if (parsed === undefined) return undefined
    // Written out: to spread takes a tenth of the time of a hit.
    const { record, content } = parsed
    return { record, content, tier: found.tier, ageSeconds: found.ageSeconds }
  }

  /** As `find()`, also where only a promise gets at the store: in a process that shares the store of another one. */
  async fetch(realPath: string): Promise<StoredContent | undefined> {
    if (this.#store.stats().role !== 'follower') return undefined
    return this.#usable(await this.#store.lookup<unknown>(this.#prefix + realPath))
  }

  /**
   * Stores a record without anybody waiting for the disk; `content` is what was made from its bytes. `find()` sees it at
   * once. While very much waits to be written nothing more is stored, so that a slow disk costs memory up to a limit.
   */
  put(realPath: string, record: ContentRecord, content: FileContent): void {
    if (this.#waitingBytes > mostWaitingBytes) return
    this.#parsed.set(record, { record, content })
    const written = this.#write(realPath, record).finally(() => this.#waiting.delete(written))
    this.#waiting.add(written)
  }

  /** Resolves when at most so many records wait to be written. */
  async drained(most: number): Promise<void> {
    while (this.#waiting.size > most) await Promise.race(this.#waiting)
  }

  /** Forgets a real path; answers whether there was a record. */
  delete(realPath: string): Promise<boolean> {
    return this.#store.delete(this.#prefix + realPath)
  }

  /** Forgets all real paths below a directory (`''` is the root); answers how many records there were. */
  async deleteBelow(directory: string): Promise<number> {
    const prefix = directory === '' ? this.#prefix : `${this.#prefix}${directory}/`
    const keys: string[] = []
    for await (const key of this.#store.keys({ prefix })) keys.push(key)
    return this.#store.deleteMany(keys)
  }

  async #write(realPath: string, record: ContentRecord): Promise<void> {
    const { byteLength } = record.bytes
    this.#waitingBytes += byteLength
    await this.#store.set(this.#prefix + realPath, record, { ttlSeconds: this.#ttlSeconds })
    this.#waitingBytes -= byteLength
  }

  /** An entry stored under a longer TTL than the present one obeys the present one. */
  #isExpired(ageSeconds: number): boolean {
    return this.#ttlSeconds > 0 && ageSeconds >= this.#ttlSeconds
  }

  #parse(value: unknown): { readonly record: ContentRecord; readonly content: FileContent } | undefined {
    if (typeof value !== 'object' || value === null) return undefined
    const known = this.#parsed.get(value)
    if (known !== undefined) return known
    const record = parseContentRecord(value)
    if (record === undefined) return undefined
    const parsed = { record, content: new FileContent(record.bytes) }
    this.#parsed.set(value, parsed)
    return parsed
  }
}
