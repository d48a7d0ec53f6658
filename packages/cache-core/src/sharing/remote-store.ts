import { join } from 'node:path'
import { BlobStore } from '../blob-store.js'
import type { MemoryStatistics } from '../cache-statistics.js'
import type { CacheWarning } from '../cache-warning.js'
import type { Change } from '../change.js'
import type { Clock } from '../clock.js'
import type { TagAddress } from '../delete-tagged.js'
import type { EntryAddress } from '../entry-address.js'
import { checkRecord } from '../entry-reader.js'
import { missing, unknown, type EntryStore, type Found, type StoreSums } from '../entry-store.js'
import { blobFolder, entryKey } from '../layout.js'
import type { KeyRange } from '../list-keys.js'
import type { MissedChanges } from '../missed-changes.js'
import { newStoredValue, type NewEntry } from '../new-entry.js'
import { isLive } from '../stored-value.js'
import { silentWarning, unwrittenWarning } from '../warnings.js'
import { escapeText, unescapeText } from '../well-formed-text.js'
import { ChangeSender } from './change-sender.js'
import { CircuitBreaker } from './circuit-breaker.js'
import type { GenerationReader } from './generation-reader.js'
import type { Link } from './link.js'
import type { OutboxItem } from './outbox.js'
import { clearChange, deleteChange, setChange, tagChange } from './remote-change.js'
import { RemoteChanges } from './remote-changes.js'
import { RemoteJobs } from './remote-jobs.js'
import { RemoteLeases } from './remote-leases.js'
import { RemoteMemory } from './remote-memory.js'
import type { Generation, RecordReply } from './reply.js'
import { isSendable } from './request.js'

/** Milliseconds that the owner may take for a page of keys, and for rewriting its tables. */
const pageWithin = 5000
const compactWithin = 60_000

/** Entries found in memory that are reported to the owner, for its order of use, at a time. */
const mostTouches = 256

/** What a follower's view of the store needs. */
export interface RemoteSettings {
  readonly directory: string
  /** Bytes. */
  readonly memoryLimit: number
  readonly clock: Clock
  readonly missed: MissedChanges
  /** Told when the owner falls silent, and when a large value cannot be written to its file. */
  readonly onTrouble: (warning: CacheWarning) => void
  /** Told when the connection has ended, with what was not acknowledged, in its order. */
  readonly onEnd: (unfinished: readonly OutboxItem[]) => void
}

/** The owner's store, as a follower sees it. */
export class RemoteStore implements EntryStore {
  readonly jobs: RemoteJobs
  readonly #settings: RemoteSettings
  readonly #link: Link
  readonly #generations: GenerationReader
  readonly #memory: RemoteMemory
  readonly #blobs: BlobStore
  readonly #breaker: CircuitBreaker
  readonly #sender: ChangeSender
  readonly #changes: RemoteChanges
  readonly #leases: RemoteLeases
  readonly #used = new Map<string, EntryAddress>()

  constructor(settings: RemoteSettings, link: Link, generations: GenerationReader) {
    this.#settings = settings
    this.#link = link
    this.#leases = new RemoteLeases(link)
    this.#generations = generations
    this.#memory = new RemoteMemory(settings.memoryLimit, generations)
    // Only the owner knows what a file is used for: here none is ever removed.
    this.#blobs = new BlobStore(join(settings.directory, blobFolder), () => true)
    this.#breaker = new CircuitBreaker(settings.clock)
    this.#sender = new ChangeSender(link, this.#blobs, (failure) => {
      settings.onTrouble(unwrittenWarning(settings.directory, failure))
    })
    this.#changes = new RemoteChanges(this.#sender)
    this.jobs = new RemoteJobs(settings.directory, link, this.#sender)
  }

  get evictions(): number {
    return this.#generations.statistics().evictions
  }

  /** Whether the owner does not answer at present: then every get is a miss unless memory has the value. */
  get isSilent(): boolean {
    return this.#link.isSilent || this.#breaker.isOpen
  }

  /** Begins to listen to the connection. */
  start(): void {
    this.#link.listen({
      onSilence: () => {
        this.#breaker.timedOut()
        this.#changes.fallSilent(() => this.#link.unref())
        this.#settings.onTrouble(silentWarning(this.#settings.directory))
      },
      onAnswer: () => {
        this.#changes.goOn()
        this.#deliverMissed()
      },
      onEnd: () => this.#settings.onEnd(this.#changes.end()),
    })
  }

  /** Memory alone: an entry whose counter is what it was when the owner gave it. */
  find(entry: EntryAddress, now: number): Found {
    const { missed } = this.#settings
    if (!missed.isEmpty) return this.isSilent ? missing : unknown
    if (this.#changes.touches(entry)) return unknown
    const value = this.#memory.get(entry.address)
    if (value === undefined) return unknown
    if (!isLive(value, now)) return { status: 'stale' }
    if (this.#used.size < mostTouches) this.#used.set(entry.address, entry)
    return { status: 'found', value, tier: 'memory' }
  }

  async ask(entry: EntryAddress): Promise<Found> {
    if (this.isSilent || !isSendable([entry.namespace, entry.text])) return missing
    this.#deliverMissed()
    if (this.#changes.touches(entry)) await this.#sender.unsent()
    const reply = await this.#link.read({ type: 'find', entry })
    if (reply === undefined) return this.#link.isEnded ? unknown : missing
    this.#breaker.answered()
    return reply.type === 'record' ? this.#check(entry, reply) : missing
  }

  async lease(entry: EntryAddress): Promise<number | undefined> {
    if (this.isSilent || !isSendable([entry.namespace, entry.text])) return undefined
    const lease = await this.#leases.give(entry)
    if (lease !== undefined) this.#breaker.answered()
    return lease
  }

  set(entry: NewEntry, isRepeated = false): Promise<boolean> {
    const { missed } = this.#settings
    this.#deliverMissed()
    if (!this.#leases.understands(entry)) return Promise.resolve(false)
    // An older value must not outlive the attempt to replace it.
    if (!isSendable([entry.namespace, entry.text, ...entry.tags])) return this.delete(entry).then(() => false)
    const before = this.#memory.beforeSet(entry.address)
    const answer = this.#changes.make(setChange(entry, isRepeated, missed))
    return before === undefined ? answer : this.#keepOwn(entry, before, answer)
  }

  delete(entry: EntryAddress): Promise<boolean> {
    this.#deliverMissed()
    if (isSendable([entry.namespace, entry.text])) return this.#changes.make(deleteChange(entry, this.#settings.missed))
    return this.clear(entry.namespace).then(() => false)
  }

  deleteByTag(tag: TagAddress): Promise<number> {
    this.#deliverMissed()
    if (isSendable([tag.namespace, tag.tag])) return this.#changes.make(tagChange(tag, this.#settings.missed))
    return this.clear(tag.namespace).then(() => 0)
  }

  clear(namespace: string | undefined): Promise<void> {
    this.#deliverMissed()
    const sendable = namespace !== undefined && isSendable([namespace]) ? namespace : undefined
    return this.#changes.make(clearChange(sendable, this.#settings.missed))
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === 'delete') void this.delete(change)
      else if (change.type === 'clear') void this.clear(change.namespace)
    }
  }

  async *keys(namespace: string, range: KeyRange): AsyncGenerator<string> {
    let { after } = range
    for (;;) {
      await this.#sender.unsent()
      if (this.isSilent) return
      const page = await this.#link.request(
        { type: 'keys', namespace, prefix: escapeText(range.prefix), after },
        pageWithin,
      )
      if (page?.type !== 'keyPage') return
      for (const key of page.keys) yield unescapeText(key)
      after = page.keys.at(-1)
      if (page.isLast) return
    }
  }

  async compact(): Promise<void> {
    await this.#sender.unsent()
    if (!this.isSilent) await this.#link.request({ type: 'compact' }, compactWithin)
  }

  sums(namespace: string | undefined): StoreSums {
    const statistics = this.#generations.statistics()
    if (namespace === undefined) return statistics
    if (!Object.hasOwn(statistics.namespaces, namespace)) return { entries: 0, bytes: 0 }
    const [entries, bytes] = statistics.namespaces[namespace] ?? [0, 0]
    return { entries, bytes }
  }

  memory(): MemoryStatistics {
    return this.#memory.stats()
  }

  /** Has the owner remove an entry that was found expired or damaged, if it still is. */
  discard(entry: EntryAddress): void {
    void this.#link.request({ type: 'discard', entry }, pageWithin)
  }

  /** Tells the owner what was used without its knowing. */
  reportUse(): void {
    if (this.isSilent) return
    for (const entry of this.#used.values()) void this.#link.request({ type: 'touch', entry }, pageWithin)
    this.#used.clear()
  }

  /** Hangs up, once what was asked for is acknowledged or nobody waits for it any more. */
  async close(): Promise<void> {
    await this.#changes.settled()
    this.#link.close()
    this.#generations.close()
  }

  /** What was stored and is still what was stored needs no asking for. */
  async #keepOwn(entry: NewEntry, before: Generation, answer: Promise<boolean>): Promise<boolean> {
    const value = newStoredValue(this.#settings.clock, entry)
    const isStored = await answer
    if (isStored) this.#memory.setOwn(entry.address, value, before)
    return isStored
  }

  #check(entry: EntryAddress, { namespaceId, raw, generation }: RecordReply): Found {
    const parts = { blobs: this.#blobs, clock: this.#settings.clock }
    const outcome = checkRecord(parts, entryKey(namespaceId, entry.text), raw)
    if (outcome.status === 'found') {
      this.#memory.set(entry.address, outcome.value, generation)
      return { status: 'found', value: outcome.value, tier: 'disk' }
    }
    if (outcome.status !== 'unreadable') this.discard(entry)
    return outcome.status === 'expired' ? { status: 'stale' } : missing
  }

  /** What was missed while the owner was silent comes before anything new. */
  #deliverMissed(): void {
    const { missed } = this.#settings
    if (!this.#link.isSilent && !this.#link.isEnded && !missed.isEmpty) this.apply(missed.take())
  }
}
