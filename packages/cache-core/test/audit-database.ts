import { join } from 'node:path'
import {
  accessKey,
  accessPrefix,
  blobPrefix,
  databaseFolder,
  endOf,
  expiryKey,
  expiryPrefix,
  metadataPrefix,
  splitEntryKey,
  tagPrefix,
  tagRange,
  valuePrefix,
} from '../src/layout.js'
import { Ledger } from '../src/ledger.js'
import { openLevelDatabase, type EntryDatabase } from '../src/level-database.js'
import { decodeMetadata, type Metadata } from '../src/metadata.js'

/** What a database says about itself and what is really in it; the two must be equal. */
export interface Audit {
  readonly stated: Readonly<Record<string, unknown>>
  readonly counted: Readonly<Record<string, unknown>>
}

/** Compares ledger and indexes of a closed cache with its entries. */
export async function auditDatabase(directory: string): Promise<Audit> {
  const database = await openLevelDatabase(join(directory, databaseFolder))
  try {
    return await auditLevel(database)
  } finally {
    await database.close()
  }
}

/** As {@link auditDatabase}, of an open database that nobody uses. */
export async function auditLevel(database: EntryDatabase): Promise<Audit> {
  const ledger = await Ledger.read(database)
  const entries = await liveEntries(database, ledger)
  const sum = (of: (metadata: Metadata) => number) => [...entries.values()].reduce((total, each) => total + of(each), 0)
  const counted = {
    entries: entries.size,
    bytes: sum(({ sizeBytes }) => sizeBytes),
    values: [...entries.keys()].sort(),
    access: [...entries].map(([entry, { stamp }]) => accessKey(stamp, entry)).sort(),
    expiry: [...entries].flatMap(([entry, each]) => (each.expiresAt ? [expiryKey(each.expiresAt, entry)] : [])).sort(),
    tags: [...entries].flatMap(([entry, { tags }]) => tags.map((tag) => tagKey(entry, tag))).sort(),
    blobs: Object.fromEntries(blobUses([...entries.values()])),
  }
  const stated = {
    entries: ledger?.entries,
    bytes: ledger?.bytes,
    values: (await keysOf(database, valuePrefix)).map((key) => key.slice(valuePrefix.length)),
    access: await keysOf(database, accessPrefix),
    expiry: await keysOf(database, expiryPrefix),
    tags: await keysOf(database, tagPrefix),
    blobs: await statedBlobUses(database),
  }
  return { stated, counted }
}

async function liveEntries(database: EntryDatabase, ledger: Ledger | undefined): Promise<Map<string, Metadata>> {
  const entries = new Map<string, Metadata>()
  for (const key of await keysOf(database, metadataPrefix)) {
    const entry = key.slice(metadataPrefix.length)
    const metadata = decodeMetadata(entry, database.getSync(key) ?? Buffer.alloc(0))
    if (metadata === undefined) throw new Error(`Cannot read metadata of "${entry}"`)
    if (ledger?.nameOf(splitEntryKey(entry).namespaceId) === undefined) throw new Error(`"${entry}" was not purged`)
    entries.set(entry, metadata)
  }
  return entries
}

async function keysOf(database: EntryDatabase, prefix: string): Promise<string[]> {
  const keys = await database.keys({ gte: prefix, lt: endOf(prefix) }).all()
  return keys.sort()
}

async function statedBlobUses(database: EntryDatabase): Promise<Record<string, number>> {
  const uses: Record<string, number> = {}
  for (const key of await keysOf(database, blobPrefix))
    uses[key.slice(blobPrefix.length)] = database.getSync(key)?.readUInt32LE() ?? 0
  return uses
}

function blobUses(entries: readonly Metadata[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { blobName } of entries) if (blobName !== undefined) uses.set(blobName, (uses.get(blobName) ?? 0) + 1)
  return uses
}

function tagKey(entry: string, tag: string): string {
  const { namespaceId, text } = splitEntryKey(entry)
  return tagRange(namespaceId, tag) + text
}
