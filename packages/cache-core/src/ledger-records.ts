import { ledgerKey } from './layout.js'
import { seal, unseal } from './sealed-bytes.js'
import { noSums, type Sums } from './sums.js'

const format = 1

/** What is kept about all entries together. */
export interface Totals extends Sums {
  readonly format: number
  lastStamp: number
  nextId: number
  /** Counts the batches that were written. */
  batchNumber: number
  isSuspect: boolean
}

/** What is kept about a namespace. */
export interface NamespaceRecord extends Sums {
  readonly id: string
  readonly name: string
}

/** The totals of a store that nothing was ever written to. */
export function firstTotals(): Totals {
  return { format, ...noSums(), lastStamp: 0, nextId: 1, batchNumber: 0, isSuspect: false }
}

/** The stored form of a record under its key. */
export function encodeLedgerRecord(key: string, record: Totals | NamespaceRecord): Buffer {
  return seal(key, Buffer.from(JSON.stringify(record)))
}

/** The totals, or `undefined` when they are damaged or of another format. */
export function decodeTotals(stored: Buffer): Totals | undefined {
  const totals = parse(ledgerKey, stored)
  // Batches were not counted from the beginning.
  return isTotals(totals) ? { ...totals, batchNumber: totals.batchNumber ?? 0 } : undefined
}

/** The record of a namespace, or `undefined` when it is damaged. */
export function decodeNamespace(key: string, stored: Buffer): NamespaceRecord | undefined {
  const record = parse(key, stored)
  return isNamespaceRecord(record) ? record : undefined
}

function parse(key: string, stored: Buffer): unknown {
  const content = unseal(key, stored)
  return content === undefined ? undefined : JSON.parse(content.toString())
}

function isTotals(record: unknown): record is Totals {
  return isSums(record) && 'format' in record && record.format === format && 'nextId' in record
}

function isNamespaceRecord(record: unknown): record is NamespaceRecord {
  return isSums(record) && 'id' in record && 'name' in record
}

/** The checksum vouches for the rest: what is sealed here was written by the ledger. */
function isSums(record: unknown): record is Sums {
  return typeof record === 'object' && record !== null && 'entries' in record && 'bytes' in record
}
