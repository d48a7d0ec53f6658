import type { CacheServing } from './cache-statistics.js'
import { systemClock } from './clock.js'
import { closeInTurn } from './close-in-turn.js'
import { hasCode } from './error-code.js'
import { LoopService, type LoopListener } from './loop-service.js'
import { newStoreParts } from './new-store-parts.js'
import type { OpenDirectory } from './open-directory.js'
import type { Seat } from './seat.js'
import { GenerationWriter } from './sharing/generation-writer.js'
import { readOwnerRecord } from './sharing/owner-record.js'
import { ServingThread } from './sharing/serving-thread.js'
import type { StoreParts } from './store-parts.js'
import type { Store } from './store.js'
import { ThreadService, type OwnerNeeds } from './thread-service.js'
import type { ThreadStore } from './thread-store.js'

/** Milliseconds until a thread is tried again that did not come up or has ended; twice as long each time. */
const threadWaits = { first: 10_000, longest: 600_000 } as const

/**
 * The seat of the process that has the database open. As long as nobody follows it does everything in its own event
 * loop; from the first follower on a thread serves them all, this process too, as soon as it is up.
 */
export class OwnerSeat implements Seat {
  readonly role = 'owner'
  /** That of the beginning: it is the same owner, whoever serves. */
  readonly epoch: number
  readonly #opened: OpenDirectory
  readonly #needs: OwnerNeeds
  #service: LoopService | ThreadService
  #thread: ServingThread | undefined
  /** From one service to the next; never rejects. */
  #move: Promise<void> | undefined
  #threadWait: number = threadWaits.first
  #threadDueAt = 0
  #isLeft = false
  #hasFailed = false

  private constructor(opened: OpenDirectory, parts: StoreParts, needs: OwnerNeeds) {
    this.#opened = opened
    this.#needs = needs
    this.epoch = parts.generations.epoch
    this.#service = new LoopService(opened.directory, parts, { listener: this.#loopListener(), evictions: 0 })
  }

  /** Takes the seat; from here on nothing that a follower keeps from an earlier owner is answered any more. */
  static async take(opened: OpenDirectory, needs: OwnerNeeds): Promise<OwnerSeat> {
    const { directory } = needs.settings
    try {
      const record = await readOwnerRecord(directory)
      const generations = new GenerationWriter(directory, record?.epoch ?? 0)
      return new OwnerSeat(opened, newStoreParts(needs.settings, opened, generations), needs)
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  get store(): Store | ThreadStore {
    return this.#service.store
  }

  get serving(): CacheServing {
    return this.#service.serving
  }

  /** Why the database that was there had to be set aside, if it had. */
  get damage(): string | undefined {
    return this.#opened.damage
  }

  async start(): Promise<unknown> {
    try {
      if (this.#service instanceof LoopService) await this.#service.start()
      return undefined
    } catch (error) {
      return error
    }
  }

  async isInPlace(): Promise<boolean> {
    return this.#opened.isInPlace()
  }

  async wake(): Promise<void> {
    if (this.#service.serving === 'loop') this.#useThread()
    await this.#service.wake()
  }

  async leave(hasFailed: boolean): Promise<void> {
    this.#isLeft = true
    this.#hasFailed = hasFailed
    if (hasFailed && this.#service instanceof ThreadService) this.#service.hangUp()
    // A thread that has nothing yet, or that shall have nothing any more, needs no waiting for.
    if (hasFailed || this.#service instanceof LoopService) await this.#thread?.terminate()
    await this.#move
    const service = { close: () => this.#service.leave(hasFailed) }
    try {
      await closeInTurn([service, this.#opened])
    } catch (error) {
      // LevelDB gives its files up either way, and everything that was acknowledged is in them.
      if (!hasCode(error)) throw error
    }
  }

  #loopListener(): LoopListener {
    const { listener } = this.#needs
    return {
      onLost: (change) => listener.onLost(change),
      onEvict: (count) => listener.onEvict(count),
      onFailure: (error) => this.#fail(error),
      onFollower: () => this.#useThread(),
    }
  }

  /** Begins to move to a thread. One whose clock is not the machine's could not go by it: then there is none. */
  #useThread(): void {
    const { clock } = this.#needs.settings
    const service = this.#service
    const isDue = clock === systemClock && clock.monotonic() >= this.#threadDueAt
    if (!isDue || this.#isLeft || this.#move !== undefined || !(service instanceof LoopService)) return
    this.#begin(() => this.#moveToThread(service))
  }

  #begin(move: () => Promise<void>): void {
    const current = move()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        if (this.#move === current) this.#move = undefined
      })
    this.#move = current
  }

  async #moveToThread(loop: LoopService): Promise<void> {
    this.#putThreadOff()
    const thread = ServingThread.start(this.#needs.listener)
    this.#thread = thread
    if (thread === undefined || !(await thread.isLoaded())) return
    // What has begun may take its time: let nobody wait for it below.
    await loop.settle()
    if (this.#isLeft || loop.store.isEnded) return await thread.terminate()
    const service = new ThreadService(thread, loop.store, this.#needs)
    this.#service = service
    await loop.retire()
    if (this.#hasFailed) return
    if (await service.takeOver(this.#opened)) void service.ended().then((failure) => this.#lose(service, failure))
    else await this.#moveToLoop(service)
  }

  /** The thread has ended: this one goes on, unless it was storage that ended it. */
  #lose(service: ThreadService, failure: unknown): void {
    if (this.#isLeft || this.#service !== service) return
    this.#begin(() => this.#moveToLoop(service, failure))
  }

  async #moveToLoop({ store }: ThreadService, failure?: unknown): Promise<void> {
    const { directory, database } = this.#opened
    if (failure !== undefined || !this.#opened.isInPlace()) return this.#fail(failure)
    const ledger = await this.#opened.readLedger()
    if (this.#hasFailed) return
    const { memory, pending, generations: past } = store.parts
    const generations = new GenerationWriter(directory, past.epoch + 1)
    // The thread may have written what it could not tell any more.
    memory.clear('')
    const parts = newStoreParts(this.#needs.settings, { directory, database, ledger }, generations)
    const settings = { listener: this.#loopListener(), evictions: store.evictions }
    const loop = new LoopService(directory, { ...parts, memory, pending }, settings)
    this.#service = loop
    store.end()
    this.#needs.handOver.drain(loop.store)
    await loop.start()
  }

  /** Tells why the store cannot go on: whatever failed, a directory that is not there any more explains it. */
  #fail(error: unknown): void {
    const { listener } = this.#needs
    if (this.#opened.isInPlace()) listener.onFailure(error)
    else listener.onReplaced()
  }

  #putThreadOff(): void {
    this.#threadDueAt = this.#needs.settings.clock.monotonic() + this.#threadWait
    this.#threadWait = Math.min(this.#threadWait * 2, threadWaits.longest)
  }
}
