import { AccessStamps } from './access-stamps.js'
import type { MemoryStatistics } from './cache-statistics.js'
import type { Change } from './change.js'
import type { TagAddress } from './delete-tagged.js'
import { addressPrefix, type EntryAddress } from './entry-address.js'
import type { EntryStore, Found, StoreSums } from './entry-store.js'
import { findEntry, type FindSource } from './find-entry.js'
import type { HandOver } from './hand-over.js'
import { unavailableError } from './job-errors.js'
import type { KeyRange } from './list-keys.js'
import type { MissedChanges } from './missed-changes.js'
import { valueToCome, type NewEntry } from './new-entry.js'
import { readSums } from './read-sums.js'
import type { RemoteStore } from './sharing/remote-store.js'
import type { SharedCounters } from './sharing/shared-counters.js'
import type { SharedNumbers } from './sharing/shared-numbers.js'
import type { JobReports, JobRunner, JobType, StoreJob } from './store-job.js'
import type { StoreParts } from './store-parts.js'
import { noSums } from './sums.js'

/** What the owner's view of a store needs that its thread serves. */
export interface ThreadStoreSettings {
  /** Those of the store that was served here before; what they have in memory stays. */
  readonly parts: StoreParts
  readonly counters: SharedCounters
  readonly missed: MissedChanges
  readonly handOver: HandOver
  /** Entries evicted until now. */
  readonly evictions: number
  /** Told when the storage cannot be read at all. */
  readonly onFailure: (error: unknown) => void
}

/** Where the thread has taken over. */
interface Connection {
  readonly remote: RemoteStore
  readonly numbers: SharedNumbers
}

/**
 * The store as its owner sees it while another thread of the process writes and serves it. Reads are done here, from
 * memory and from the disk; changes are sent to the thread, and what they will leave is visible to reads at once. While
 * the thread takes over, and when it is gone, changes wait for whoever comes next.
 */
export class ThreadStore implements EntryStore, FindSource {
  readonly parts: StoreParts
  readonly jobs: JobRunner = { perform: (job, signal) => this.#perform(job, signal) }
  readonly #settings: ThreadStoreSettings
  #connection: Connection | undefined
  #evictions: number
  #isOver = false

  constructor(settings: ThreadStoreSettings) {
    this.#settings = settings
    this.#evictions = settings.evictions
    this.parts = { ...settings.parts, stamps: new AccessStamps() }
  }

  get evictions(): number {
    return this.#connection?.remote.evictions ?? this.#evictions
  }

  /** The thread has taken over: from now on it is asked. */
  connect(connection: Connection): void {
    this.#connection = connection
  }

  /** The thread is gone: changes wait. */
  disconnect(): void {
    this.#evictions = this.evictions
    this.#connection?.numbers.close()
    this.#connection = undefined
  }

  /** Another store has come in place of this one. */
  end(): void {
    this.#isOver = true
  }

  find(entry: EntryAddress, now: number): Found {
    return findEntry(this, entry, now)
  }

  async ask(entry: EntryAddress): Promise<Found> {
    return this.find(entry, this.parts.clock.now())
  }

  numberOf(namespace: string): string | undefined {
    if (this.#connection !== undefined) return this.#connection.numbers.numberOf(namespace)
    return this.parts.ledger.tally(namespace)?.id
  }

  countOf(address: string): number {
    return this.#settings.counters.countOf(address)
  }

  discard(entry: EntryAddress): void {
    this.parts.memory.delete(entry.address)
    this.#connection?.remote.discard(entry)
  }

  fail(error: unknown): void {
    this.#settings.onFailure(error)
  }

  async lease(entry: EntryAddress): Promise<number | undefined> {
    return await this.#connection?.remote.lease(entry)
  }

  async set(entry: NewEntry, isRepeated?: boolean): Promise<boolean> {
    // Visible to reads when it is certain that it may be.
    if ((entry.lease ?? 0) !== 0) return (await this.#connection?.remote.set(entry, isRepeated)) ?? false
    const { pending, memory } = this.parts
    const value = valueToCome(this.parts, entry)
    const write = { value }
    pending.set(entry.address, write)
    const remote = this.#connection?.remote
    if (remote === undefined) {
      return await this.#settings.handOver.change({
        make: (store) => store.set(entry, isRepeated),
        miss: () => this.#miss(entry),
      })
    }
    const before = this.countOf(entry.address)
    const isStored = await remote.set(entry, isRepeated)
    const isLast = pending.settle(entry.address, write)
    // Counted once and no more: nothing but this set has happened to the entry, so it may be kept.
    if (isLast && isStored && value !== undefined && this.countOf(entry.address) === ((before + 1) | 0)) {
      value.count = (before + 1) | 0
      memory.set(entry.address, value)
    }
    return isStored
  }

  async delete(entry: EntryAddress): Promise<boolean> {
    const { pending, memory } = this.parts
    const write = { value: undefined }
    pending.set(entry.address, write)
    const remote = this.#connection?.remote
    if (remote === undefined) {
      return await this.#settings.handOver.change({
        make: (store) => store.delete(entry),
        miss: () => this.#miss(entry),
      })
    }
    const wasThere = await remote.delete(entry)
    pending.settle(entry.address, write)
    memory.delete(entry.address)
    return wasThere
  }

  async deleteByTag(tag: TagAddress): Promise<number> {
    const remote = this.#connection?.remote
    if (remote !== undefined) return await remote.deleteByTag(tag)
    const miss = (): number => {
      this.#settings.missed.addClear(tag.namespace)
      return 0
    }
    return await this.#settings.handOver.change({ make: (store) => store.deleteByTag(tag), miss })
  }

  async clear(namespace: string | undefined): Promise<void> {
    const remote = this.#connection?.remote
    if (remote === undefined) {
      const miss = (): void => this.#settings.missed.addClear(namespace)
      return await this.#settings.handOver.change({ make: (store) => store.clear(namespace), miss })
    }
    await remote.clear(namespace)
    this.parts.memory.clear(addressPrefix(namespace))
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === 'delete') void this.delete(change)
      else if (change.type === 'clear') void this.clear(change.namespace)
    }
  }

  async *keys(namespace: string, range: KeyRange): AsyncGenerator<string> {
    const remote = this.#connection?.remote
    const store = remote ?? (await this.#next())
    if (store !== undefined) yield* store.keys(namespace, range)
    // When the thread is gone, who lists keys is to find the next store in place of this one.
    if (remote !== undefined && this.#connection?.remote !== remote) await this.#next()
  }

  async compact(): Promise<void> {
    const remote = this.#connection?.remote
    if (remote !== undefined) return await remote.compact()
    await this.#settings.handOver.change({ make: (store) => store.compact(), miss: () => {} })
  }

  sums(namespace: string | undefined): StoreSums {
    if (this.#connection !== undefined) return this.#storedSums(namespace)
    const { ledger } = this.parts
    const { entries, bytes } = (namespace === undefined ? ledger : ledger.tally(namespace)) ?? { entries: 0, bytes: 0 }
    return { entries, bytes }
  }

  memory(): MemoryStatistics {
    return this.parts.memory.stats()
  }

  async #perform<Type extends JobType>(job: StoreJob<Type>, signal?: AbortSignal): Promise<JobReports[Type]> {
    const store = this.#connection?.remote ?? (await this.#settings.handOver.next())
    if (store === undefined) throw unavailableError(job.type, this.parts.files?.directory ?? '')
    return await store.jobs.perform(job, signal)
  }

  /** What the thread last wrote: its ledger, for a store's own statistics name some namespaces only. */
  #storedSums(namespace: string | undefined): StoreSums {
    const id = namespace === undefined ? undefined : this.numberOf(namespace)
    if (namespace !== undefined && id === undefined) return noSums()
    try {
      return readSums(this.parts.database, id) ?? noSums()
    } catch (error) {
      this.fail(error)
      return noSums()
    }
  }

  #miss(entry: EntryAddress): false {
    this.#settings.missed.addEntry(entry)
    return false
  }

  /** The store that comes in place of this one, if it has not come already. */
  async #next(): Promise<EntryStore | undefined> {
    return this.#isOver ? undefined : await this.#settings.handOver.next()
  }
}
