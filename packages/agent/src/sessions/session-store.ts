import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { ModelMessage } from 'ai'
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

/** A session as it is stored; another format version is no session. */
interface SessionRecord {
  readonly version: 1
  readonly messages: readonly ModelMessage[]
  /** Milliseconds since the epoch. */
  readonly savedAt: number
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

  /** Gives the messages of a session, none when it is new or was over. */
  async load(id: string): Promise<readonly ModelMessage[]> {
    const stored: unknown = this.#memory.get(id) ?? (await this.#options.store?.get(id))
    if (!isSessionRecord(stored)) return []
    const age = this.#options.clock.now() - stored.savedAt
    if (age >= 0 && age < this.#ttlSeconds * 1000) return stored.messages
    await this.delete(id)
    return []
  }

  /** Keeps the last messages of a session, and the session for another hour. */
  async save(id: string, messages: readonly ModelMessage[]): Promise<void> {
    const { store, clock } = this.#options
    const record: SessionRecord = {
      version: 1,
      messages: shortenMessages(trimMessages(messages, this.#maxMessages)),
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

  /** Forgets a session; answers whether there was one. */
  async delete(id: string): Promise<boolean> {
    const remembered = this.#memory.delete(id)
    const stored = (await this.#options.store?.delete(id)) ?? false
    return remembered || stored
  }
}

function isSessionRecord(value: unknown): value is SessionRecord {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return false
  return 'messages' in value && Array.isArray(value.messages) && 'savedAt' in value && typeof value.savedAt === 'number'
}
