import { hasCode } from './error-code.js'
import { valuePrefix } from './layout.js'
import { isIntact, parseRecord, type ParsedRecord } from './record.js'
import type { StoreParts } from './store-parts.js'
import { isLive, StoredValue } from './stored-value.js'

/** What is on disk under a key. A damaged record is also one of a format that this version does not know. */
export type ReadOutcome =
  | { readonly status: 'found'; readonly value: StoredValue }
  | { readonly status: 'missing' | 'expired' }
  /** Its file cannot be read now, which says nothing about the entry. */
  | { readonly status: 'unreadable' }
  | { readonly status: 'damaged'; readonly blobName: string | undefined }

const missing: ReadOutcome = { status: 'missing' }
const expired: ReadOutcome = { status: 'expired' }
const damaged: ReadOutcome = { status: 'damaged', blobName: undefined }

/** Reads and checks an entry. Throws when the storage cannot be read at all. */
export function readEntry(parts: Pick<StoreParts, 'database' | 'blobs' | 'clock'>, entry: string): ReadOutcome {
  const stored = readRecord(parts, entry)
  if (stored === undefined) return missing
  return stored === 'damaged' ? damaged : checkRecord(parts, entry, stored)
}

/** What a record says, once its value is found and checked; of a store's parts only these two are needed. */
export function checkRecord(parts: Pick<StoreParts, 'blobs' | 'clock'>, entry: string, stored: Buffer): ReadOutcome {
  const record = parseRecord(stored)
  if (record === undefined) return damaged
  const { blobName } = record
  if (blobName === undefined) return checkValue(parts, { entry, record, bytes: record.inline })
  const holds = (bytes: Buffer): boolean => isIntact(entry, record, bytes)
  const bytes = parts.blobs.readChecked(blobName, { key: entry, claim: stored, holds })
  if (bytes === 'unreadable') return { status: bytes }
  return bytes === undefined ? { status: 'damaged', blobName } : acceptValue(parts, record, bytes)
}

/** The stored bytes of an entry, unchecked. Throws when the storage cannot be read at all. */
export function readRecord(parts: Pick<StoreParts, 'database'>, entry: string): Buffer | 'damaged' | undefined {
  try {
    return parts.database.getSync(valuePrefix + entry)
  } catch (error) {
    if (hasCode(error, 'LEVEL_CORRUPTION')) return 'damaged'
    throw error
  }
}

/** A record whose value is to be checked. */
interface Candidate {
  readonly entry: string
  readonly record: ParsedRecord
  readonly bytes: Buffer | undefined
}

/** Whether a value is what its record says, and can be read. */
export function checkValue(parts: Pick<StoreParts, 'clock'>, { entry, record, bytes }: Candidate): ReadOutcome {
  if (bytes === undefined || !isIntact(entry, record, bytes)) return { status: 'damaged', blobName: record.blobName }
  return acceptValue(parts, record, bytes)
}

function acceptValue(parts: Pick<StoreParts, 'clock'>, record: ParsedRecord, bytes: Buffer): ReadOutcome {
  if (!isLive(record, parts.clock.now())) return expired
  const value = new StoredValue(record.kind, bytes, record)
  try {
    // Bytes that another version of V8 wrote may be no value to this one, and that is a miss.
    value.decode()
  } catch (error) {
    if (error instanceof Error) return damaged
    throw error
  }
  return { status: 'found', value }
}
