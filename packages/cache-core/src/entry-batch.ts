import { hasCode } from './error-code.js'
import { accessKey, blobPrefix, expiryKey, metadataPrefix, splitEntryKey, tagRange, valuePrefix } from './layout.js'
import type { Ledger } from './ledger.js'
import type { EntryDatabase } from './level-database.js'
import { decodeMetadata, encodeMetadata, type Metadata } from './metadata.js'
import { parseRecord } from './record.js'

/**
 * Changes of entries that are written as one atomic batch, together with every index and the ledger. A later change
 * in the batch sees the earlier ones. Only one batch may exist at a time.
 */
export class EntryBatch {
  readonly #database: EntryDatabase
  readonly #ledger: Ledger
  readonly #batch: ReturnType<EntryDatabase['batch']> & object
  readonly #staged = new Map<string, Metadata | undefined>()
  readonly #blobUses = new Map<string, number>()
  /** Whether something could not be read, so that the ledger may no longer be right. */
  #foundDamage = false

  constructor(database: EntryDatabase, ledger: Ledger) {
    this.#database = database
    this.#ledger = ledger
    this.#batch = database.batch()
  }

  /** Whether this batch changes the entry. */
  has(entry: string): boolean {
    return this.#staged.has(entry)
  }

  /** The entry's metadata as they will be after this batch; `undefined` when there is no entry. */
  metadataOf(entry: string): Metadata | undefined {
    if (this.#staged.has(entry)) return this.#staged.get(entry)
    const stored = this.#read(metadataPrefix + entry)
    if (stored === undefined) return undefined
    const metadata = decodeMetadata(entry, stored)
    if (metadata === undefined) this.#foundDamage = true
    return metadata
  }

  /** Writes an entry, in place of the one that is there. */
  put(entry: string, record: Buffer, metadata: Metadata): void {
    this.#unlist(entry, this.metadataOf(entry))
    this.#batch.put(valuePrefix + entry, record)
    if (metadata.blobName !== undefined) this.adjustBlobUses(metadata.blobName, 1)
    this.relist(entry, metadata)
    this.#batch.put(metadataPrefix + entry, encodeMetadata(entry, metadata))
    this.#staged.set(entry, metadata)
  }

  /** Counts an entry in and writes its keys in the indexes. */
  relist(entry: string, metadata: Metadata): void {
    const { namespaceId, text } = splitEntryKey(entry)
    this.#batch.put(accessKey(metadata.stamp, entry), nothing)
    if (metadata.expiresAt !== 0) this.#batch.put(expiryKey(metadata.expiresAt, entry), nothing)
    for (const tag of metadata.tags) this.#batch.put(tagRange(namespaceId, tag) + text, nothing)
    this.#ledger.count(namespaceId, 1, { sizeBytes: metadata.sizeBytes, isBlob: metadata.blobName !== undefined })
  }

  /** Removes an entry, of which the metadata may be missing or unreadable. */
  remove(entry: string, metadata: Metadata | undefined): void {
    this.#unlist(entry, metadata)
    this.#batch.del(valuePrefix + entry)
    this.#batch.del(metadataPrefix + entry)
    this.#staged.set(entry, undefined)
  }

  /** Moves an entry to another place in the order of use. */
  restamp(entry: string, metadata: Metadata, stamp: number): void {
    this.#batch.del(accessKey(metadata.stamp, entry))
    this.#batch.put(accessKey(stamp, entry), nothing)
    const moved = { ...metadata, stamp }
    this.#batch.put(metadataPrefix + entry, encodeMetadata(entry, moved))
    this.#staged.set(entry, moved)
  }

  /** Writes a key of an index that is missing. */
  addKey(key: string): void {
    this.#batch.put(key, nothing)
  }

  /** Corrects how many entries use a blob, by a difference. */
  adjustBlobUses(name: string, difference: number): void {
    const uses = this.#blobUses.get(name) ?? decodeCount(this.#read(blobPrefix + name))
    this.#blobUses.set(name, Math.max(0, uses + difference))
  }

  /** Removes a key of an index that leads nowhere. */
  removeKey(key: string): void {
    this.#batch.del(key)
  }

  /** Writes everything; answers the names of the blobs that no entry uses any more. */
  async write(): Promise<readonly string[]> {
    if (this.#foundDamage) this.#ledger.suspect()
    const unused: string[] = []
    for (const [name, uses] of this.#blobUses) {
      if (uses > 0) this.#batch.put(blobPrefix + name, encodeCount(uses))
      else {
        this.#batch.del(blobPrefix + name)
        unused.push(name)
      }
    }
    this.#ledger.writeTo(this.#batch)
    await this.#batch.write()
    this.#ledger.written()
    return unused
  }

  #unlist(entry: string, metadata: Metadata | undefined): void {
    if (metadata === undefined) {
      this.#forgetBlobOfRecord(entry)
      return
    }
    const { namespaceId, text } = splitEntryKey(entry)
    this.#batch.del(accessKey(metadata.stamp, entry))
    if (metadata.expiresAt !== 0) this.#batch.del(expiryKey(metadata.expiresAt, entry))
    for (const tag of metadata.tags) this.#batch.del(tagRange(namespaceId, tag) + text)
    if (metadata.blobName !== undefined) this.adjustBlobUses(metadata.blobName, -1)
    this.#ledger.count(namespaceId, -1, { sizeBytes: metadata.sizeBytes, isBlob: metadata.blobName !== undefined })
  }

  /** Without readable metadata the value's record still says which blob it used. */
  #forgetBlobOfRecord(entry: string): void {
    if (!this.#foundDamage || this.#staged.has(entry)) return
    const stored = this.#read(valuePrefix + entry)
    const blobName = stored === undefined ? undefined : parseRecord(stored)?.blobName
    if (blobName !== undefined) this.adjustBlobUses(blobName, -1)
  }

  #read(key: string): Buffer | undefined {
    try {
      return this.#database.getSync(key)
    } catch (error) {
      if (!hasCode(error, 'LEVEL_CORRUPTION')) throw error
      this.#foundDamage = true
      return undefined
    }
  }
}

const nothing = Buffer.alloc(0)

function encodeCount(count: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(count)
  return bytes
}

/** How many entries use a blob, as stored; 0 when that cannot be read. */
export function decodeCount(bytes: Buffer | undefined): number {
  return bytes?.length === 4 ? bytes.readUInt32LE() : 0
}
