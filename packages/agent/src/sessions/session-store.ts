import { randomUUID } from 'node:crypto'
import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { ModelMessage } from 'ai'
import { isDeletionMark, isSessionRecord, type DeletionMark, type SessionRecord } from './session-record.js'
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

/** A session as a turn found it. */
export interface SessionStart {
  readonly messages: readonly ModelMessage[]
  /** The last deletion of the session that is known. */
  readonly deletion: string | undefined
}

/** A turn that ended. */
export interface EndedTurn {
  readonly start: SessionStart
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
    const record: unknown = await this.#read(id)
    if (!isSessionRecord(record)) return undefined
    const { messages, savedAt } = record
    const ttlMs = this.#ttlSeconds * 1000
    const age = this.#options.clock.now() - savedAt
    if (age >= 0 && age < ttlMs) return { id, messages, savedAt, expiresAt: savedAt + ttlMs }
    this.#memory.delete(id)
    await this.#options.store?.delete(id)
    return undefined
  }

  /** Gives what a turn begins with. */
  async begin(id: string): Promise<SessionStart> {
    const deletion = await this.#deletionOf(id)
    return { messages: (await this.load(id))?.messages ?? [], deletion }
  }

  /**
   * Puts a turn behind what the session holds now, and keeps the session for another hour. What another process said
   * in it meanwhile stays; a session that was deleted meanwhile stays deleted.
   */
  async append(id: string, { start, messages }: EndedTurn): Promise<void> {
    const { store, clock } = this.#options
    const deletion = await this.#deletionOf(id)
    if (deletion !== undefined && deletion !== start.deletion) return
    const now = (await this.load(id))?.messages ?? start.messages
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
    const { store } = this.#options
    if ((await this.load(id)) === undefined) return false
    this.#memory.delete(id)
    const mark: DeletionMark = { version: 1, deletion: randomUUID() }
    if ((await store?.set(id, mark, { ttlSeconds: this.#ttlSeconds })) === false) await store?.delete(id)
    return true
  }

  async #read(id: string): Promise<unknown> {
    return this.#memory.get(id) ?? (await this.#options.store?.get(id))
  }

  async #deletionOf(id: string): Promise<string | undefined> {
    const record: unknown = await this.#read(id)
    return isDeletionMark(record) ? record.deletion : undefined
  }

  async *#one(id: string): AsyncGenerator<StoredSession> {
    const session = await this.load(id)
    if (session !== undefined) yield session
  }
}
