import { garbagePrefix, ledgerKey, namespacePrefix } from './layout.js'
import type { EntryDatabase } from './level-database.js'
import {
  decodeNamespace,
  decodeTotals,
  encodeLedgerRecord,
  firstTotals,
  type NamespaceRecord,
} from './ledger-records.js'
import { addSums, noSums, type Sums } from './sums.js'

/** What a namespace holds, under the number that its entries carry. */
export interface Tally extends Readonly<Sums> {
  readonly id: string
}

/** What a ledger said at a time. */
export interface LedgerStatement {
  readonly sums: ReadonlyMap<string, Readonly<Sums>>
  /** How often everything had been counted anew. */
  readonly resets: number
}

/** What a change of an entry adds to the ledger or takes from it. */
export interface EntrySize {
  readonly sizeBytes: number
  readonly isBlob: boolean
}

/**
 * The totals, kept in step with the entries by being written in the same batch, so that opening the store counts
 * nothing. In memory the ledger runs ahead of the disk by the batch that is being written; when that batch fails, the
 * ledger is thrown away with the rest of the open store and read anew.
 */
export class Ledger {
  #totals = firstTotals()
  readonly #onWritten: (batchNumber: number) => void
  readonly #byName = new Map<string, NamespaceRecord>()
  readonly #byId = new Map<string, NamespaceRecord>()
  readonly #garbage = new Set<string>()
  readonly #changed = new Set<NamespaceRecord>()
  #resets = 0
  /** Told when a namespace gets a number, or loses it. */
  onNumber: ((namespace: string, id: string | undefined) => void) | undefined

  /** `onWritten` is told the number of each batch that was written, before anybody else hears of it. */
  constructor(onWritten: (batchNumber: number) => void = () => {}) {
    this.#onWritten = onWritten
  }

  /** Reads the ledger; `undefined` when it is damaged, of another format, or missing although there are entries. */
  static async read(database: EntryDatabase, onWritten?: (batchNumber: number) => void): Promise<Ledger | undefined> {
    const ledger = new Ledger(onWritten)
    const stored = database.getSync(ledgerKey)
    if (stored === undefined) return (await isEmpty(database)) ? ledger : undefined
    const totals = decodeTotals(stored)
    if (totals === undefined) return undefined
    ledger.#totals = totals
    for await (const [key, value] of database.iterator({ gte: namespacePrefix, lt: '!s!n;' })) {
      const record = decodeNamespace(key, value)
      if (record === undefined) return undefined
      ledger.#add(record)
    }
    for await (const key of database.keys({ gte: garbagePrefix, lt: '!s!g;' }))
      ledger.#garbage.add(key.slice(garbagePrefix.length))
    if (!ledger.#isSummedUp()) ledger.suspect()
    return ledger
  }

  /** The number of the last batch; one more with each. */
  get batchNumber(): number {
    return this.#totals.batchNumber
  }

  get entries(): number {
    return this.#totals.entries
  }

  get bytes(): number {
    return this.#totals.bytes
  }

  /** Bytes of the entries that are in the database as a whole, without a blob. */
  get databaseBytes(): number {
    return this.#totals.bytes - this.#totals.blobBytes
  }

  /** What a namespace holds, or `undefined` when that is nothing. */
  tally(namespace: string): Tally | undefined {
    return this.#byName.get(namespace)
  }

  /** The number of a namespace, given out now when it had none. */
  idFor(namespace: string): string {
    const known = this.#byName.get(namespace)
    if (known !== undefined) return known.id
    const id = (this.#totals.nextId++).toString(36)
    this.#add({ id, name: namespace, ...noSums() })
    return id
  }

  /** The namespace that a number stands for, or `undefined` when it was cleared since. */
  nameOf(namespaceId: string): string | undefined {
    return this.#byId.get(namespaceId)?.name
  }

  /** The namespaces that hold something. */
  namespaces(): readonly string[] {
    return [...this.#byName.keys()]
  }

  /** Numbers of cleared namespaces whose entries are still to be purged. */
  garbage(): readonly string[] {
    return [...this.#garbage]
  }

  /** Whether a number is that of a cleared namespace whose entries are still to be purged. */
  isGarbage(namespaceId: string): boolean {
    return this.#garbage.has(namespaceId)
  }

  /** What the ledger says now about each namespace, by its number, to be compared with a count. */
  statement(): LedgerStatement {
    return { resets: this.#resets, sums: new Map([...this.#byId].map(([id, record]) => [id, { ...record }])) }
  }

  /**
   * Takes away by how much a statement was wrong: counting goes on meanwhile and adds nothing to that. Answers whether
   * it could: not when everything was counted anew since.
   */
  correct({ resets }: LedgerStatement, excess: ReadonlyMap<string, Readonly<Sums>>): boolean {
    if (resets !== this.#resets) return false
    for (const [id, difference] of excess) {
      const record = this.#byId.get(id)
      if (record === undefined) continue
      addSums(record, difference, -1)
      this.#changed.add(record)
    }
    Object.assign(this.#totals, noSums())
    for (const record of this.#byId.values()) addSums(this.#totals, record, 1)
    return true
  }

  /** The next place in the order of use, in microseconds: later than any before, even when the clock is not. */
  nextStamp(now: number): number {
    const totals = this.#totals
    totals.lastStamp = Math.max(totals.lastStamp + 1, Math.max(0, Math.floor(now)) * 1000)
    return totals.lastStamp
  }

  /** Counts an entry in or out; entries of a cleared namespace are no longer counted. */
  count(namespaceId: string, sign: 1 | -1, { sizeBytes, isBlob }: EntrySize): void {
    const record = this.#byId.get(namespaceId)
    if (record === undefined) return
    const size: Sums = { entries: 1, bytes: sizeBytes, blobBytes: isBlob ? sizeBytes : 0 }
    for (const sums of [record, this.#totals]) addSums(sums, size, sign)
    this.#changed.add(record)
  }

  /** Puts the entries of a namespace out of reach, to be purged. */
  discard(namespace: string): void {
    const record = this.#byName.get(namespace)
    if (record === undefined) return
    addSums(this.#totals, record, -1)
    this.#byName.delete(namespace)
    this.#byId.delete(record.id)
    this.#garbage.add(record.id)
    this.#changed.add(record)
    this.onNumber?.(namespace, undefined)
  }

  /** Forgets a purged number. */
  purged(namespaceId: string): void {
    this.#garbage.delete(namespaceId)
  }

  /** Whether damage was found since the entries were counted, so that the counts may be wrong. */
  get isSuspect(): boolean {
    return this.#totals.isSuspect
  }

  /** Notes that the counts may be wrong; written with the next batch, so that it outlives the process. */
  suspect(): void {
    this.#totals.isSuspect = true
  }

  /** Sets all counts to nothing, before the entries are counted anew; suspect until {@link trust}. */
  reset(): void {
    for (const record of this.#byName.values()) {
      Object.assign(record, noSums())
      this.#changed.add(record)
    }
    Object.assign(this.#totals, noSums())
    this.#resets += 1
    this.suspect()
  }

  /** Ends the suspicion: everything was counted. */
  trust(): void {
    this.#totals.isSuspect = false
  }

  /** Calls `put` and `remove` for what changed since it was last asked. */
  writeTo(batch: { put(key: string, value: Buffer): unknown; del(key: string): unknown }): void {
    for (const record of this.#changed) {
      const key = namespacePrefix + record.id
      if (this.#byId.has(record.id)) batch.put(key, encodeLedgerRecord(key, record))
      else {
        batch.del(key)
        batch.put(garbagePrefix + record.id, Buffer.alloc(0))
      }
    }
    this.#changed.clear()
    this.#totals.batchNumber += 1
    batch.put(ledgerKey, encodeLedgerRecord(ledgerKey, this.#totals))
  }

  /** Notes that what {@link writeTo} said is written. */
  written(): void {
    this.#onWritten(this.batchNumber)
  }

  /** Whether the totals are those of the namespaces: else the record of one was lost, and its entries with it. */
  #isSummedUp(): boolean {
    const sums = noSums()
    for (const record of this.#byId.values()) addSums(sums, record, 1)
    const { entries, bytes, blobBytes } = this.#totals
    return sums.entries === entries && sums.bytes === bytes && sums.blobBytes === blobBytes
  }

  #add(record: NamespaceRecord): void {
    this.#byName.set(record.name, record)
    this.#byId.set(record.id, record)
    this.onNumber?.(record.name, record.id)
  }
}

async function isEmpty(database: EntryDatabase): Promise<boolean> {
  const keys = await database.keys({ limit: 1 }).all()
  return keys.length === 0
}
