import { MessageChannel } from 'node:worker_threads'
import type { CacheServing } from './cache-statistics.js'
import type { CacheWarning } from './cache-warning.js'
import type { HandOver } from './hand-over.js'
import type { FollowerNeeds } from './follower-seat.js'
import type { OpenDirectory } from './open-directory.js'
import { connectToOwner } from './sharing/connect.js'
import { GenerationReader } from './sharing/generation-reader.js'
import type { Link } from './sharing/link.js'
import type { OutboxItem } from './sharing/outbox.js'
import { RemoteStore } from './sharing/remote-store.js'
import type { ServingThread } from './sharing/serving-thread.js'
import { SharedCounters } from './sharing/shared-counters.js'
import { SharedNumbers } from './sharing/shared-numbers.js'
import type { Store } from './store.js'
import { ThreadStore } from './thread-store.js'

/** Milliseconds in which the thread must welcome its owner, and used entries told to it at a time. */
const welcomeWithin = 5000
const mostUses = 8192

/** What an owner needs besides its files. */
export interface OwnerNeeds extends FollowerNeeds {
  /** The name of this process among the followers, in hexadecimal. */
  readonly clientId: string
  readonly handOver: HandOver
}

/** A store that a thread of its owner's process serves. */
export class ThreadService {
  readonly store: ThreadStore
  readonly #thread: ServingThread
  readonly #needs: OwnerNeeds
  readonly #counters = new SharedCounters()
  #link: Link | undefined
  #remote: RemoteStore | undefined
  #isLeaving = false

  /** Stands in for a store from now on; what is asked for waits until {@link takeOver}. */
  constructor(thread: ServingThread, { parts, evictions }: Store, needs: OwnerNeeds) {
    const { missed, handOver, listener } = needs
    const onFailure = (error: unknown): void => listener.onFailure(error)
    this.#thread = thread
    this.#needs = needs
    this.store = new ThreadStore({ parts, evictions, counters: this.#counters, missed, handOver, onFailure })
  }

  get serving(): CacheServing {
    return this.#link === undefined ? 'none' : 'thread'
  }

  /** Has the thread take over from a store that is closed; answers whether it did. */
  async takeOver({ directory, lock }: OpenDirectory): Promise<boolean> {
    const { sizeLimit, ledger, generations } = this.store.parts
    const { port1, port2 } = new MessageChannel()
    const numbers = new SharedNumbers(ledger, port1, this.#counters)
    const counters = this.#counters.memory
    const { evictions } = this.store
    const { epoch } = generations
    const order = { directory, sizeLimit, epoch, evictions, lock, counters, numbers: port2 }
    if (!(await this.#thread.serve(order)) || !(await this.#connect(numbers))) {
      numbers.close()
      await this.#thread.terminate()
      return false
    }
    this.#needs.handOver.drain(this.store)
    return true
  }

  /** Resolves when the thread has ended: with why storage failed, if that is why. */
  async ended(): Promise<unknown> {
    const failure = await this.#thread.ended
    this.#link?.close()
    return failure
  }

  async wake(): Promise<void> {
    const { stamps } = this.store.parts
    const uses = stamps.due(mostUses)
    for (const [address] of uses) stamps.forget(address)
    this.#thread.reportUse(uses)
  }

  /** Leaves what was not answered to the next store, at once: whoever waits must not wait for the thread's end too. */
  hangUp(): void {
    this.#isLeaving = true
    this.#link?.close()
  }

  /** Ends; after a failure what was not answered is left to the next store. */
  async leave(hasFailed: boolean): Promise<void> {
    this.#isLeaving = true
    if (hasFailed) this.hangUp()
    await this.#remote?.close()
    await (hasFailed ? this.#thread.terminate() : this.#thread.stop())
  }

  async #connect(numbers: SharedNumbers): Promise<boolean> {
    const { settings, missed, clientId } = this.#needs
    const { directory, clock } = settings
    try {
      const link = await connectToOwner(directory, clientId, welcomeWithin)
      if (link === undefined) return false
      const onEnd = (unfinished: readonly OutboxItem[]): void => this.#lose(unfinished)
      // Its own thread is never silent: what comes is storage that refused, as it does to who has no thread.
      const onTrouble = ({ cause }: CacheWarning): void => this.#needs.listener.onFailure(cause)
      const remoteSettings = { directory, memoryLimit: 0, clock, missed, onTrouble, onEnd }
      const remote = new RemoteStore(remoteSettings, link, new GenerationReader(directory))
      link.trust()
      this.#link = link
      this.#remote = remote
      this.store.connect({ remote, numbers })
      remote.start()
      return !link.isEnded
    } catch (error) {
      if (error instanceof Error) return false
      throw error
    }
  }

  /** The connection to the thread has ended: without it the thread is of no use. */
  #lose(unfinished: readonly OutboxItem[]): void {
    this.#link = undefined
    this.#needs.handOver.keep(unfinished)
    this.store.disconnect()
    if (this.#isLeaving) return
    void this.#remote?.close()
    void this.#thread.terminate()
  }
}
