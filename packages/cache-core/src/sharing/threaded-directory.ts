import { join } from 'node:path'
import type { Change } from '../change.js'
import { systemClock } from '../clock.js'
import { closeInTurn } from '../close-in-turn.js'
import { CommitWitness } from '../commit-witness.js'
import { hasCode } from '../error-code.js'
import { isLockInPlace } from '../election-lock.js'
import { databaseFolder } from '../layout.js'
import { Ledger } from '../ledger.js'
import { damageError, openLevelDatabase } from '../level-database.js'
import { newStoreParts } from '../new-store-parts.js'
import type { StoreParts } from '../store-parts.js'
import { Store } from '../store.js'
import { GenerationWriter } from './generation-writer.js'
import { SharedCounters } from './shared-counters.js'
import { announceNumbers } from './shared-numbers.js'
import { StoreServer } from './store-server.js'
import type { LostChange, ThreadOrder } from './thread-messages.js'

/** Milliseconds between two rounds of what is to be done about once a second. */
const wakeEvery = 1000

/** Whom a served directory tells what happens to it. */
export interface ThreadListener {
  /** A change will never be written. */
  readonly onLost: (change: LostChange) => void
  /** Entries were removed to stay below the size limit. */
  readonly onEvict: (count: number) => void
  /** The store cannot go on. */
  readonly onFailure: (error: unknown) => void
  /** Everything is closed. */
  readonly onEnd: () => void
}

/** What the thread has open. */
interface OpenFiles {
  readonly parts: StoreParts
  readonly witness: CommitWitness
}

/**
 * A directory that another thread of this process owns and this one serves. Both have the database open; this one
 * writes.
 */
export class ThreadedDirectory {
  readonly #store: Store
  readonly #server: StoreServer
  readonly #witness: CommitWitness
  readonly #order: ThreadOrder
  readonly #listener: ThreadListener
  #timer: NodeJS.Timeout | undefined
  #ending: Promise<void> | undefined

  private constructor({ parts, witness }: OpenFiles, order: ThreadOrder, listener: ThreadListener) {
    this.#witness = witness
    this.#order = order
    this.#listener = listener
    const storeListener = {
      onLost: (change: Change) => this.#lose(change),
      onEvict: listener.onEvict,
      onFailure: (error: unknown) => this.#fail(error),
    }
    this.#store = new Store(parts, storeListener, order.evictions)
    this.#server = new StoreServer(order.directory, this.#store)
  }

  /** Takes a directory over and serves it. Rejects when storage refuses. */
  static async open(order: ThreadOrder, listener: ThreadListener): Promise<ThreadedDirectory> {
    const { directory, sizeLimit, epoch, numbers } = order
    const wish = { multithreading: true, createIfMissing: false }
    const database = await openLevelDatabase(join(directory, databaseFolder), wish)
    const opened: { close(): unknown }[] = [database]
    try {
      const witness = CommitWitness.open(directory)
      opened.push(witness)
      const ledger = await Ledger.read(database, (batchNumber) => witness.note(batchNumber))
      if (ledger === undefined) throw damageError('the ledger is damaged')
      const counters = new SharedCounters(order.counters)
      announceNumbers(ledger, numbers, counters)
      const generations = new GenerationWriter(directory, epoch, counters)
      opened.push(generations)
      const settings = { sizeLimit, memoryLimit: 0, clock: systemClock }
      const parts = newStoreParts(settings, { directory, database, ledger }, generations)
      const served = new ThreadedDirectory({ parts, witness }, order, listener)
      await served.#start()
      return served
    } catch (error) {
      await closeInTurn(opened.toReversed())
      throw error
    }
  }

  /** Notes entries that the owner used without asking. */
  noteUse(uses: readonly (readonly [address: string, usedAt: number])[]): void {
    for (const [address, usedAt] of uses) this.#store.parts.stamps.touch(address, usedAt)
  }

  /** Answers what was asked, writes what waits, and closes the files. */
  close(): Promise<void> {
    this.#ending ??= this.#end(() => this.#server.stop(() => this.#store.close()))
    return this.#ending
  }

  async #start(): Promise<void> {
    // The owner looks at the counters from now on, before it comes as the first follower.
    this.#store.parts.generations.share()
    await this.#server.start()
    this.#timer = setInterval(() => void this.#wake(), wakeEvery)
    void this.#wake()
  }

  async #wake(): Promise<void> {
    if (this.#ending !== undefined) return
    if (!isLockInPlace(this.#order.directory, this.#order.lock)) return this.#abandon()
    await this.#store.maintenance.wake()
    this.#store.publish()
    await this.#stayReachable()
  }

  async #stayReachable(): Promise<void> {
    try {
      await this.#server.stayReachable()
    } catch (error) {
      // It is tried again a second later.
      if (!hasCode(error)) throw error
    }
  }

  #lose(change: Change): void {
    if (change.type === 'clear') this.#listener.onLost(change)
    else if (change.type === 'set' || change.type === 'delete') {
      const { namespace, text, address } = change
      this.#listener.onLost({ type: 'delete', namespace, text, address, value: undefined })
    }
  }

  #fail(error: unknown): void {
    this.#listener.onFailure(error)
    this.#abandon()
  }

  /** Hangs up at once, and ends. */
  #abandon(): void {
    this.#ending ??= this.#end(async () => {
      const abandoned = this.#server.abandon()
      await this.#store.close()
      await abandoned
    })
  }

  async #end(finish: () => Promise<void>): Promise<void> {
    clearInterval(this.#timer)
    await finish()
    this.#store.parts.generations.close()
    this.#witness.close()
    this.#order.numbers.close()
    try {
      await this.#store.parts.files?.database.close()
    } catch (error) {
      // LevelDB gives its files up either way, and everything that was acknowledged is in them.
      if (!hasCode(error)) throw error
    }
    this.#listener.onEnd()
  }
}
