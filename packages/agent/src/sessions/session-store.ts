import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { ModelMessage } from 'ai'
import { isSessionRecord, type SessionRecord } from './session-record.js'
import { shortenMessages } from './shorten-messages.js'
import { trimMessages } from './trim-messages.js'

/** Where sessions are kept; without a store they end with the process. */
export interface SessionStoreOptions {
  readonly store: CacheStore | undefined
  readonly clock: Clock
  /** Seconds after its last turn for which a session is kept. */
  readonly ttlSeconds?: number
  readonly maxMessages?: number
}

/** A session that is not over. */
export interface StoredSession {
  readonly id: string
  readonly messages: readonly ModelMessage[]
  /** Milliseconds since the epoch. */
  readonly savedAt: number
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** A turn that ended. */
export interface EndedTurn {
  /** What the session held when the turn began. */
  readonly before: readonly ModelMessage[]
  /** The question, the tool calls and the answer. */
  readonly messages: readonly ModelMessage[]
}

/** Sessions kept in memory at most, the oldest out first. */
const memorySessions = 1000

/** The messages of each session, for an hour after its last turn. */
export class SessionStore {
  readonly #options: SessionStoreOptions
  readonly #ttlSeconds: number
  readonly #maxMessages: number
  /** What could not be stored, so that a broken disk loses no conversation while the process lives. */
  readonly #memory = new Map<string, SessionRecord>()

  constructor(options: SessionStoreOptions) {
    this.#options = options
    this.#ttlSeconds = options.ttlSeconds ?? 3600
    this.#maxMessages = options.maxMessages ?? 50
  }

  /** Gives a session, `undefined` when there was none or it was over. */
  async load(id: string): Promise<StoredSession | undefined> {
    const record: unknown = this.#memory.get(id) ?? (await this.#options.store?.get(id))
    if (!isSessionRecord(record)) return undefined
    const { messages, savedAt } = record
    const ttlMs = this.#ttlSeconds * 1000
    const age = this.#options.clock.now() - savedAt
    if (age >= 0 && age < ttlMs) return { id, messages, savedAt, expiresAt: savedAt + ttlMs }
    await this.delete(id)
    return undefined
  }

  /**
   * Puts a turn behind what the session holds now, and keeps the session for another hour. What another process said
   * in it meanwhile stays.
   */
  async append(id: string, { before, messages }: EndedTurn): Promise<void> {
    const { store, clock } = this.#options
    const now = (await this.load(id))?.messages ?? before
    const record: SessionRecord = {
      version: 1,
      messages: shortenMessages(trimMessages([...now, ...messages], this.#maxMessages)),
      savedAt: clock.now(),
    }
    this.#memory.delete(id)
    if ((await store?.set(id, record, { ttlSeconds: this.#ttlSeconds })) === true) return
    this.#memory.set(id, record)
    for (const oldest of this.#memory.keys()) {
      if (this.#memory.size <= memorySessions) break
      this.#memory.delete(oldest)
    }
  }

  /** Gives every session that is not over, one after the other, so that few are in memory at a time. */
  async *all(signal?: AbortSignal): AsyncGenerator<StoredSession> {
    const { store } = this.#options
    const remembered = [...this.#memory.keys()]
    const known = new Set(remembered)
    for (const id of remembered) yield* this.#one(id)
    for await (const id of store?.keys(signal === undefined ? {} : { signal }) ?? []) {
      if (!known.has(id)) yield* this.#one(id)
    }
  }

  /** Forgets a session; answers whether there was one. */
  async delete(id: string): Promise<boolean> {
    const remembered = this.#memory.delete(id)
    const stored = (await this.#options.store?.delete(id)) ?? false
    return remembered || stored
  }

  async *#one(id: string): AsyncGenerator<StoredSession> {
    const session = await this.load(id)
    if (session !== undefined) yield session
  }
}
