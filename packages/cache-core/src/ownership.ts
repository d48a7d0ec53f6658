import { randomBytes } from 'node:crypto'
import { Beat, beatEvery } from './beat.js'
import { CacheError } from './cache-error.js'
import { Condition } from './condition.js'
import type { CacheRole, CacheServing } from './cache-statistics.js'
import type { EntryAddress } from './entry-address.js'
import { missing, unknown, type EntryStore, type Found } from './entry-store.js'
import { HandOver } from './hand-over.js'
import { Joining } from './joining.js'
import { keysAcrossStores } from './keys-across-stores.js'
import { storageFailure } from './level-database.js'
import { leaveWithin, makeUp } from './make-up.js'
import { MissedChanges } from './missed-changes.js'
import type { OwnershipSettings } from './ownership-settings.js'
import { RetrySchedule } from './retry-schedule.js'
import type { Seat, SeatListener } from './seat.js'
import type { OutboxItem } from './sharing/outbox.js'
import { answerWithin, clientIdBytes } from './sharing/protocol.js'
import type { WantedChange } from './wanted-change.js'
import { replacedWarning, setAsideWarning, unsharedWarning } from './warnings.js'
import { tellListeners } from './tell-listeners.js'
import { within } from './within.js'

/**
 * Holds the place of this process at the directory, owner or follower, and otherwise tries to get one: on use and not
 * too often. Whatever storage and other processes do, callers only see whether there is a store. Changes keep their
 * order from one store to the next.
 */
export class Ownership {
  readonly missed = new MissedChanges()
  readonly settings: OwnershipSettings
  readonly #retries: RetrySchedule
  readonly #handOver = new HandOver(this.missed)
  readonly #joining = new Joining()
  readonly #condition: Condition
  readonly #beat: Beat
  readonly #clientId = randomBytes(clientIdBytes).toString('hex')
  #seat: Seat | undefined
  #attempt: Promise<void> | undefined
  #ending: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #pastEvictions = 0
  /** What the next attempt is to know. */
  readonly #past = { isDamaged: false, hasLostOwner: false }
  #isAnotherWanted = false
  #isClosed = false

  constructor(settings: OwnershipSettings) {
    this.settings = settings
    this.#retries = new RetrySchedule(settings.clock)
    this.#condition = new Condition(settings)
    this.#beat = new Beat(settings.clock)
  }

  get role(): CacheRole {
    return this.#seat?.role ?? 'degraded'
  }

  get serving(): CacheServing {
    return this.#seat?.serving ?? 'none'
  }

  /** Entries that the owner removed to stay below the size limit. */
  get evictions(): number {
    return this.#pastEvictions + (this.#seat?.store.evictions ?? 0)
  }

  /** The first attempt. @throws CacheError `CACHE_DIRECTORY_FOREIGN` */
  async open(): Promise<void> {
    const failure = await this.#tryToJoin()
    if (failure instanceof CacheError) throw failure
    if (failure !== undefined) this.#retryAfter(failure)
  }

  /** The store, or `undefined`; begins an attempt or a check in the background when one is due. */
  use(): EntryStore | undefined {
    if (this.#beat.take()) this.#lookAfter()
    return this.#seat?.store
  }

  /** Looks an entry up without waiting; `unknown` when waiting for another process could tell more. */
  find(entry: EntryAddress): Found {
    const now = this.settings.clock.now()
    if (this.#seat === undefined || this.#beat.mayBeDue(now)) this.use()
    return this.#seat?.store.find(entry, now) ?? (this.#past.hasLostOwner ? unknown : missing)
  }

  /** Looks an entry up, waiting for the owner or, when it was just lost, for the next one. */
  async ask(entry: EntryAddress): Promise<Found> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const store = this.use() ?? (await this.#presentStore())
      if (store === undefined) return missing
      const found = await store.ask(entry)
      if (found.status !== 'unknown') return found
    }
    return missing
  }

  /** The keys of a namespace that begin with a prefix; goes on in the next store when one ends. */
  keys(namespace: string, prefix: string): AsyncIterable<string> {
    return keysAcrossStores(() => this.#presentStore(), namespace, prefix)
  }

  /** Makes a change, in the order of the calls; waits for an attempt that is under way. */
  change<T>(wanted: WantedChange<T>): Promise<T> {
    const store = this.use()
    if (store !== undefined) return wanted.make(store)
    return this.#attempt === undefined ? Promise.resolve(wanted.miss()) : this.#handOver.change(wanted)
  }

  /** Removes all entries of a namespace, or of all namespaces. */
  clear(namespace: string | undefined): Promise<void> {
    return this.change({ make: (store) => store.clear(namespace), miss: () => this.missed.addClear(namespace) })
  }

  /** Ends everything; what was asked for before is written first. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#attempt
    // An owner that is silent has the files, and a file system that is silent answers no more now.
    const isAlone = (this.#seat?.role ?? 'owner') === 'owner' && !this.#joining.isStuck
    this.#release(false)
    await within(this.#ending, leaveWithin)
    this.#handOver.drain(undefined)
    if (isAlone && !this.missed.isEmpty) await makeUp(this, () => this.#joining.seat(() => this.#join()))
    this.#joining.end()
  }

  #lookAfter(): void {
    if (this.#isClosed) return
    if (this.#seat !== undefined) void this.#check(this.#seat)
    else if (this.#retries.isDue()) this.#begin()
  }

  #begin(): void {
    if (this.#isClosed) return
    if (this.#attempt === undefined) this.#attempt = this.#tryAgain()
    else this.#isAnotherWanted = true
  }

  async #tryAgain(): Promise<void> {
    try {
      do {
        this.#isAnotherWanted = false
        const failure = await this.#tryToJoin()
        if (failure !== undefined) this.#retryAfter(failure)
      } while (this.#isAnotherWanted && this.#seat === undefined && !this.#isClosed)
    } finally {
      this.#past.hasLostOwner = false
      this.#attempt = undefined
      if (this.#seat === undefined) this.#handOver.drain(undefined)
    }
  }

  /** The store, or the one that follows one that was just lost, if it comes soon. */
  async #presentStore(): Promise<EntryStore | undefined> {
    const store = this.use()
    if (store !== undefined || !this.#past.hasLostOwner) return store
    return await within(this.#handOver.next(), answerWithin)
  }

  async #check(seat: Seat): Promise<void> {
    if (await seat.isInPlace()) {
      if (this.#seat === seat) this.#condition.seated(seat)
      return await seat.wake()
    }
    this.#stepDown(seat)
  }

  #stepDown(seat: Seat | undefined): void {
    if (this.#seat !== seat) return
    this.settings.onWarning(replacedWarning(this.settings.directory))
    this.#release(true)
    this.#begin()
  }

  /** Answers why it failed, if it did. */
  async #tryToJoin(): Promise<unknown> {
    try {
      await this.#take(await this.#joining.seat(() => this.#join()))
      return undefined
    } catch (error) {
      return error
    }
  }

  async #join(): Promise<Seat> {
    await this.#ending
    const { settings, missed } = this
    let seat: Seat | undefined
    const listener: SeatListener = {
      onLost: (change) => missed.add(change),
      onFailure: (error) => this.#lose(seat, error),
      onReplaced: () => this.#stepDown(seat),
      onEvict: (count) => tellListeners(settings.events, 'evict', { count }),
      onTrouble: (warning) => this.#condition.troubled(warning),
      onEnd: (unfinished) => this.#loseOwner(seat, unfinished),
    }
    const [handOver, clientId] = [this.#handOver, this.#clientId]
    seat = await settings.join({ settings, missed, listener, handOver, clientId, ...this.#past })
    return seat
  }

  async #take(seat: Seat): Promise<void> {
    const { directory, onWarning } = this.settings
    if (seat.damage !== undefined) onWarning(setAsideWarning(directory, seat.damage))
    this.#seat = seat
    this.#past.isDamaged = false
    this.#retries.succeeded()
    this.#beat.restart()
    this.#timer = setInterval(() => this.use(), beatEvery).unref()
    this.#handOver.drain(seat.store)
    this.#condition.seated(seat)
    const trouble = await seat.start()
    if (trouble !== undefined && this.#seat === seat) onWarning(unsharedWarning(directory, trouble))
  }

  #lose(seat: Seat | undefined, error: unknown): void {
    if (this.#seat !== seat) return
    this.#release(true)
    this.#beat.hurry()
    this.#retryAfter(error)
    this.#handOver.drain(undefined)
  }

  /** Looks for the next owner, or becomes it. */
  #loseOwner(seat: Seat | undefined, unfinished: readonly OutboxItem[]): void {
    this.#handOver.keep(unfinished)
    if (this.#seat !== seat || seat === undefined) return
    this.#release(true)
    this.#past.hasLostOwner = true
    this.#begin()
  }

  #retryAfter(error: unknown): void {
    const failure = storageFailure(error)
    this.#past.isDamaged = failure === 'damaged'
    this.#condition.failed(error, this.#retries.failed(failure))
  }

  /** Lets the seat go; a next one waits until its files are closed. */
  #release(hasFailed: boolean): void {
    const seat = this.#seat
    clearInterval(this.#timer)
    this.#seat = undefined
    if (seat?.role === 'owner') this.#pastEvictions += seat.store.evictions
    if (seat !== undefined) this.#ending = seat.leave(hasFailed)
  }
}
