import type { CacheServing } from './cache-statistics.js'
import { hasCode } from './error-code.js'
import { RetrySchedule } from './retry-schedule.js'
import { StoreServer } from './sharing/store-server.js'
import type { StoreParts } from './store-parts.js'
import { Store, type StoreListener } from './store.js'

/** A store that its owner serves from its own event loop. */
export class LoopService {
  readonly store: Store
  readonly #server: StoreServer
  readonly #attempts: RetrySchedule
  #isShared = false

  constructor(directory: string, parts: StoreParts, { listener, evictions }: LoopSettings) {
    this.store = new Store(parts, listener, evictions)
    this.#server = new StoreServer(directory, this.store, () => listener.onFollower())
    this.#attempts = new RetrySchedule(parts.clock)
  }

  get serving(): CacheServing {
    return this.#server.isUsed ? 'loop' : 'none'
  }

  /** Begins to serve. Rejects when the file system has no sockets, or refuses at present. */
  async start(): Promise<void> {
    void this.store.maintenance.wake()
    await this.#share()
  }

  async wake(): Promise<void> {
    await this.store.maintenance.wake()
    this.store.publish()
    if (this.#isShared) await whenPossible(() => this.#server.stayReachable())
    // It was told in the beginning that this could not be done.
    else if (this.#attempts.isDue()) await whenPossible(() => this.#share())
  }

  /** Resolves when nothing runs that may take its time: neither maintenance nor a job that somebody asked for. */
  async settle(): Promise<void> {
    await this.store.maintenance.settle()
    await this.store.jobs.settle()
  }

  /** Writes and answers what was asked for, so that another thread can go on. */
  async retire(): Promise<void> {
    await this.#server.retire(() => this.store.close())
    this.store.parts.generations.close()
  }

  /** Ends; after a failure nobody is told what came of his requests any more. */
  async leave(hasFailed: boolean): Promise<void> {
    if (hasFailed) {
      const abandoned = this.#server.abandon()
      await this.store.close()
      await abandoned
    } else await this.#server.stop(() => this.store.close())
    this.store.parts.generations.close()
  }

  async #share(): Promise<void> {
    try {
      await this.#server.start()
      this.#isShared = true
    } catch (error) {
      this.#attempts.failed('failed')
      throw error
    }
  }
}

/** How a service is begun. */
export interface LoopSettings {
  readonly listener: LoopListener
  /** Entries evicted until now. */
  readonly evictions: number
}

/** Whom the service tells what happens to it. */
export interface LoopListener extends StoreListener {
  /** A follower was let in. */
  onFollower(): void
}

/** Does what is tried again a second later when the file system refuses. */
async function whenPossible(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!hasCode(error)) throw error
  }
}
