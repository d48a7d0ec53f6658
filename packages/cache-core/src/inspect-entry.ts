import { checkValue, readRecord } from './entry-reader.js'
import { hasCode } from './error-code.js'
import { accessKey, expiryKey, metadataPrefix, splitEntryKey, tagRange } from './layout.js'
import type { EntryDatabase } from './level-database.js'
import { decodeMetadata, type Metadata } from './metadata.js'
import { parseRecord } from './record.js'
import type { StoreParts } from './store-parts.js'

/** What an entry is found to be: `absent` also when its namespace was cleared and it only waits to be purged. */
export type EntryState =
  | { readonly status: 'absent' | 'right' }
  /** Keys of its own that the indexes have not. */
  | { readonly status: 'unlisted'; readonly keys: readonly string[] }
  | { readonly status: 'damaged'; readonly lacksBlob: boolean }

const absent: EntryState = { status: 'absent' }
const right: EntryState = { status: 'right' }
const damaged: EntryState = { status: 'damaged', lacksBlob: false }

/**
 * Checks an entry as it is now: metadata, record, blob, the three against each other, and its keys in the indexes.
 * Without `readsValues` only metadata and keys.
 */
export async function inspectEntry(parts: StoreParts, entry: string, readsValues: boolean): Promise<EntryState> {
  const { database, ledger } = parts
  const stored = readStored(database, metadataPrefix + entry)
  if (stored === undefined) return absent
  const { namespaceId } = splitEntryKey(entry)
  if (ledger.isGarbage(namespaceId)) return absent
  const metadata = stored === 'damaged' ? undefined : decodeMetadata(entry, stored)
  if (metadata === undefined || ledger.nameOf(namespaceId) === undefined) return damaged
  const fault = readsValues ? await valueFault(parts, entry, metadata) : undefined
  if (fault !== undefined) return fault
  const keys = indexKeys(entry, metadata).filter((key) => readStored(database, key) === undefined)
  return keys.length === 0 ? right : { status: 'unlisted', keys }
}

/** Metadata of an entry as they are now; `undefined` when there are none that can be read. */
export function readMetadata({ database }: StoreParts, entry: string): Metadata | undefined {
  const stored = readStored(database, metadataPrefix + entry)
  return stored === undefined || stored === 'damaged' ? undefined : decodeMetadata(entry, stored)
}

async function valueFault(parts: StoreParts, entry: string, metadata: Metadata): Promise<EntryState | undefined> {
  const stored = readRecord(parts, entry)
  const record = stored === undefined || stored === 'damaged' ? undefined : parseRecord(stored)
  if (record === undefined || !belongTogether(record, metadata)) return damaged
  const { blobName } = record
  const bytes = blobName === undefined ? record.inline : await parts.blobs.read(blobName)
  if (bytes === 'unreadable' || checkValue(parts, { entry, record, bytes }).status !== 'damaged') return undefined
  return { status: 'damaged', lacksBlob: blobName !== undefined }
}

/** Whether record and metadata were written at once: LevelDB may lose the newer one of two versions of a key. */
export function belongTogether(
  record: Pick<Metadata, 'createdAt' | 'expiresAt' | 'blobName'>,
  { createdAt, expiresAt, blobName }: Metadata,
): boolean {
  return record.createdAt === createdAt && record.expiresAt === expiresAt && record.blobName === blobName
}

function indexKeys(entry: string, { stamp, expiresAt, tags }: Metadata): readonly string[] {
  const { namespaceId, text } = splitEntryKey(entry)
  return [
    accessKey(stamp, entry),
    ...(expiresAt === 0 ? [] : [expiryKey(expiresAt, entry)]),
    ...tags.map((tag) => tagRange(namespaceId, tag) + text),
  ]
}

/** What is under a key, now or at the moment of a snapshot. */
export function readStored(
  database: EntryDatabase,
  key: string,
  snapshot?: ReturnType<EntryDatabase['snapshot']>,
): Buffer | 'damaged' | undefined {
  try {
    if (snapshot === undefined) return database.getSync(key)
    return database.getSync<string, Buffer>(key, { snapshot, fillCache: false })
  } catch (error) {
    if (hasCode(error, 'LEVEL_CORRUPTION')) return 'damaged'
    throw error
  }
}
