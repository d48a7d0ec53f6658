import { commitGroup } from './group-commit.js'
import { shareStatistics } from './sharing/share-statistics.js'
import { deleteTagged, type TagAddress } from './delete-tagged.js'
import type { Change, DeleteChange } from './change.js'
import type { MemoryStatistics } from './cache-statistics.js'
import type { EntryAddress } from './entry-address.js'
import type { EntryStore, Found, StoreSums } from './entry-store.js'
import { hasCode } from './error-code.js'
import { findEntry, type FindSource } from './find-entry.js'
import { Leases } from './leases.js'
import { listKeys, type KeyRange } from './list-keys.js'
import { evictionTarget, evictStep } from './eviction.js'
import { Maintenance } from './maintenance.js'
import { newSetChange, type NewEntry } from './new-entry.js'
import type { StoreParts } from './store-parts.js'
import { StoreJobs } from './store-jobs.js'
import { noSums } from './sums.js'
import { WriteQueue } from './write-queue.js'

/** One group of changes stays below LevelDB's write buffer. */
const largestGroupBytes = 4_194_304

/** Whom a store tells that it cannot go on. */
export interface StoreListener {
  /** A change will never be written. */
  onLost(change: Change): void
  /** Entries were removed to stay below the size limit. */
  onEvict(count: number): void
  /** Reading or writing failed; called once. */
  onFailure(error: unknown): void
}

/** An open store: reads, writes in order, and what keeps it in shape. It ends with the first failure of storage. */
export class Store implements EntryStore, FindSource {
  readonly parts: StoreParts
  readonly maintenance: Maintenance
  readonly jobs: StoreJobs
  readonly #leases = new Leases()
  readonly #queue: WriteQueue
  readonly #listener: StoreListener
  #evictions: number
  #isEvicting = false
  #failed = false

  /** `evictions` is how many there were before. */
  constructor(parts: StoreParts, listener: StoreListener, evictions = 0) {
    this.parts = parts
    this.#evictions = evictions
    this.#listener = listener
    this.#queue = new WriteQueue({
      groupBytes: Math.min(largestGroupBytes, parts.sizeLimit / 8),
      commit: (changes) => this.#commit(changes),
      onLost: (change) => listener.onLost(change),
      onFailure: (error) => this.fail(error),
    })
    this.maintenance = new Maintenance(parts, this.#queue, (error) => this.fail(error))
    this.jobs = new StoreJobs(this, this.#queue)
  }

  /** Entries removed to stay below the size limit since the directory was opened. */
  get evictions(): number {
    return this.#evictions
  }

  /** Whether it has failed or was closed. */
  get isEnded(): boolean {
    return this.#failed
  }

  /** Looks an entry up: first what is being written, then memory, then the disk. */
  find(entry: EntryAddress, now: number): Found {
    return findEntry(this, entry, now)
  }

  async ask(entry: EntryAddress): Promise<Found> {
    return this.find(entry, this.parts.clock.now())
  }

  async lease(entry: EntryAddress): Promise<number> {
    return this.#leases.give(entry)
  }

  /** Stores a value; visible to reads at once. Answers whether it was stored. */
  async set(entry: NewEntry): Promise<boolean> {
    const { blobName, lease = 0 } = entry
    if (lease !== 0 && !this.#leases.holds(lease)) {
      if (blobName !== undefined) this.parts.blobs.collect(blobName)
      return false
    }
    const change = newSetChange(this.parts, entry)
    if (change === undefined) {
      // An older value must not outlive the attempt to replace it, nor the file in which a follower sent the new one.
      await this.delete(entry)
      if (blobName !== undefined) this.parts.blobs.collect(blobName)
      return false
    }
    this.#leases.end(entry)
    this.parts.pending.set(entry.address, change)
    this.maintenance.noteWrite(change.expiresAt)
    return await this.#queue.push(change)
  }

  /** Removes an entry, for reads at once; answers whether there was a live one. */
  delete({ namespace, text, address }: EntryAddress): Promise<boolean> {
    const change: DeleteChange = { type: 'delete', namespace, text, address, value: undefined }
    this.#hide(change)
    this.maintenance.noteWrite(0)
    return this.#queue.push(change)
  }

  /** Removes the entries of a tag; answers how many were live. */
  async deleteByTag(tag: TagAddress): Promise<number> {
    this.#leases.endAll(tag.namespace)
    this.maintenance.noteWrite(0)
    const removed = await this.#queue.run(async () => {
      const count = await deleteTagged(this.parts, tag)
      this.publish()
      return count
    }, undefined)
    if (removed === undefined) this.#listener.onLost({ type: 'clear', namespace: tag.namespace })
    return removed ?? 0
  }

  /** Removes all entries of a namespace, or of all namespaces. */
  async clear(namespace: string | undefined): Promise<void> {
    this.#leases.endAll(namespace)
    this.maintenance.noteWrite(0)
    await this.#queue.push({ type: 'clear', namespace })
    void this.maintenance.wake()
  }

  /** Makes changes that nobody waits for, before any that is asked for later. */
  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === 'delete') this.#hide(change)
      else if (change.type === 'clear') this.#leases.endAll(change.namespace)
      void this.#queue.push(change)
    }
  }

  async *keys(namespace: string, range: KeyRange): AsyncGenerator<string> {
    await this.flush()
    try {
      yield* listKeys(this.parts, namespace, range)
    } catch (error) {
      // The store was closed or failed meanwhile: the list ends. A level of the user's may fail without a code.
      if (!hasCode(error)) this.fail(error)
    }
  }

  sums(namespace: string | undefined): StoreSums {
    return (namespace === undefined ? this.parts.ledger : this.parts.ledger.tally(namespace)) ?? noSums()
  }

  memory(): MemoryStatistics {
    return this.parts.memory.stats()
  }

  /** Tells followers how much there is. */
  publish(): void {
    const { generations, ledger } = this.parts
    generations.publish(() => shareStatistics(ledger, this.#evictions))
  }

  /** Resolves when everything asked for until now is written. */
  async flush(): Promise<void> {
    await this.#queue.run(async () => {}, undefined)
  }

  /** Does what maintenance has to do, then rewrites the tables without what was removed. */
  async compact(): Promise<void> {
    await this.flush()
    await this.maintenance.settle()
    try {
      await this.parts.compact()
    } catch (error) {
      this.fail(error)
    }
  }

  numberOf(namespace: string): string | undefined {
    return this.#failed ? undefined : this.parts.ledger.tally(namespace)?.id
  }

  /** Memory is in step with every change that is made here. */
  countOf(): number {
    return 0
  }

  /** Removes an entry that a reader found expired or damaged, if it still is. */
  discard({ namespace, text, address }: EntryAddress, damagedBlob?: string): void {
    if (damagedBlob !== undefined) this.parts.blobs.discardDamaged(damagedBlob)
    this.parts.memory.delete(address)
    void this.#queue.push({ type: 'discard', namespace, text, address })
  }

  /** Ends the store: what waits is given up. */
  fail(error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#queue.fail()
    this.#listener.onFailure(error)
  }

  /** Writes what waits and the order of use. The database stays open for whoever opened it to close. */
  async close(): Promise<void> {
    await this.jobs.end()
    if (!this.#failed) await this.maintenance.finish()
    this.#failed = true
    await this.#queue.idle()
    await this.parts.blobs.settled()
  }

  #hide(change: DeleteChange): void {
    this.#leases.end(change)
    this.parts.pending.set(change.address, change)
  }

  async #commit(changes: readonly Change[]): Promise<readonly boolean[]> {
    const report = await commitGroup(this.parts, changes)
    this.#noteEvictions(report.evictions)
    if (report.evictions > 0) this.#evictMore()
    this.publish()
    if (report.blobFailure !== undefined) this.fail(report.blobFailure)
    return report.results
  }

  #noteEvictions(count: number): void {
    this.#evictions += count
    if (count > 0) this.#listener.onEvict(count)
  }

  /** Goes on evicting between other writes until the target is reached, so that not every set has to. */
  #evictMore(): void {
    if (this.#isEvicting || this.#failed || this.parts.ledger.bytes <= evictionTarget(this.parts)) return
    this.#isEvicting = true
    void this.#queue.run(async () => {
      const step = await evictStep(this.parts, evictionTarget(this.parts))
      this.#noteEvictions(step.evictions)
      this.#isEvicting = false
      this.#evictMore()
    }, undefined)
  }
}
