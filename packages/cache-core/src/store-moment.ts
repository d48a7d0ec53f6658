import type { BackupHead } from './backup-format.js'
import { hasCode } from './error-code.js'
import { belongTogether, readStored } from './inspect-entry.js'
import { accessPrefix, endOf, metadataPrefix, splitAccessKey, splitEntryKey, valuePrefix } from './layout.js'
import type { EntryDatabase } from './level-database.js'
import { decodeMetadata, type Metadata } from './metadata.js'
import { isIntact, parseRecord } from './record.js'
import type { StoreParts } from './store-parts.js'
import { isLive } from './stored-value.js'

/** Entries read at a time, of 64 KiB at most each but for those whose value is a blob. */
const stepLength = 32

/** The store as it is at one moment. */
export interface StoreMoment {
  readonly parts: StoreParts
  readonly snapshot: ReturnType<EntryDatabase['snapshot']>
  /** Names of the namespaces by their numbers. */
  readonly names: ReadonlyMap<string, string>
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** An entry as it was at the moment. */
export interface MomentEntry {
  readonly head: BackupHead
  readonly value: Buffer
}

interface Candidate {
  readonly entry: string
  readonly metadata: Metadata | undefined
  readonly record: Buffer | undefined
}

/** Holds the present moment; call it with no write under way, and close the snapshot in the end. */
export function takeMoment(parts: StoreParts): StoreMoment {
  const { ledger, database, clock } = parts
  const names = ledger.namespaces().map((name) => [ledger.tally(name)?.id ?? '', name] as const)
  return { parts, snapshot: database.snapshot(), names: new Map(names), now: clock.now() }
}

/**
 * All entries, the least recently used first; `undefined` for each that does not check out or has expired. They are
 * as many as there are keys in the order of use.
 */
export async function* readMoment(moment: StoreMoment): AsyncGenerator<MomentEntry | undefined> {
  const { parts, snapshot } = moment
  const range = { gte: accessPrefix, lt: endOf(accessPrefix), snapshot, fillCache: false }
  const iterator = parts.database.keys(range)
  try {
    for (;;) {
      const keys = await iterator.nextv(stepLength)
      if (keys.length === 0) return
      for (const candidate of await readCandidates(moment, keys)) yield await checkCandidate(moment, candidate)
    }
  } finally {
    await iterator.close()
  }
}

async function readCandidates(
  { parts, snapshot, names }: StoreMoment,
  keys: readonly string[],
): Promise<readonly Candidate[]> {
  // Entries of cleared namespaces are there no more.
  const places = keys.map(splitAccessKey).filter(({ entry }) => names.has(splitEntryKey(entry).namespaceId))
  const readAll = (prefix: string) => {
    const wanted = places.map(({ entry }) => prefix + entry)
    return readMany(parts.database, wanted, snapshot)
  }
  const [allMetadata, records] = [await readAll(metadataPrefix), await readAll(valuePrefix)]
  return places.flatMap(({ entry, stamp }, index) => {
    const stored = allMetadata[index]
    const metadata = stored === undefined ? undefined : decodeMetadata(entry, stored)
    // Otherwise a place of an earlier use that damage has left.
    const isItsPlace = metadata === undefined || metadata.stamp === stamp
    return isItsPlace ? [{ entry, metadata, record: records[index] }] : []
  })
}

/** Where a block of the database cannot be read, what lies in others still can. */
async function readMany(
  database: EntryDatabase,
  keys: readonly string[],
  snapshot: StoreMoment['snapshot'],
): Promise<readonly (Buffer | undefined)[]> {
  try {
    return await database.getMany([...keys], { snapshot, fillCache: false })
  } catch (error) {
    if (!hasCode(error, 'LEVEL_CORRUPTION')) throw error
    return keys.map((key) => {
      const stored = readStored(database, key, snapshot)
      return stored === 'damaged' ? undefined : stored
    })
  }
}

async function checkCandidate(
  { parts, names, now }: StoreMoment,
  { entry, metadata, record: stored }: Candidate,
): Promise<MomentEntry | undefined> {
  const record = stored === undefined ? undefined : parseRecord(stored)
  if (metadata === undefined || record === undefined || !isLive(metadata, now)) return undefined
  const { blobName, kind } = record
  const value = blobName === undefined ? record.inline : await parts.blobs.read(blobName)
  if (value === undefined || value === 'unreadable') return undefined
  if (!belongTogether(record, metadata) || !isIntact(entry, record, value)) return undefined
  const { namespaceId, text } = splitEntryKey(entry)
  const { createdAt, expiresAt, sizeBytes, tags } = metadata
  const namespace = names.get(namespaceId) ?? ''
  return { head: { kind, createdAt, expiresAt, sizeBytes, length: value.length, namespace, text, tags }, value }
}
