import type { EntryAddress } from './entry-address.js'
import { readEntry, type ReadOutcome } from './entry-reader.js'
import { missing, type Found } from './entry-store.js'
import { entryKey } from './layout.js'
import type { StoreParts } from './store-parts.js'
import { isLive, type StoredValue } from './stored-value.js'

/** What looking an entry up takes, in a process that has the database open. */
export interface FindSource {
  readonly parts: Pick<StoreParts, 'database' | 'blobs' | 'memory' | 'pending' | 'stamps' | 'clock'>
  /** The number of a namespace; `undefined` when it holds nothing, or nothing can be read. */
  numberOf(namespace: string): string | undefined
  /** The state of the entry's counter: a value in memory holds as long as it stays. */
  countOf(address: string): number
  /** Has an entry removed that was found expired or damaged, and the file that is not what its name says. */
  discard(entry: EntryAddress, damagedBlob?: string): void
  /** Told when the storage cannot be read at all. */
  fail(error: unknown): void
}

const stale: Found = { status: 'stale' }

/** Looks an entry up: first what is being written, then memory, then the disk. */
export function findEntry(source: FindSource, entry: EntryAddress, now: number): Found {
  const { pending, stamps } = source.parts
  const write = pending.get(entry.address)
  const value = write === undefined ? keptValue(source, entry) : write.value
  if (value === undefined) return write === undefined ? findOnDisk(source, entry, now) : missing
  if (isLive(value, now)) {
    stamps.touch(entry.address, now)
    return { status: 'found', value, tier: 'memory' }
  }
  if (write === undefined) source.discard(entry)
  return stale
}

function keptValue(source: FindSource, { address }: EntryAddress): StoredValue | undefined {
  const { memory } = source.parts
  const value = memory.get(address)
  if (value === undefined || value.count === source.countOf(address)) return value
  memory.delete(address)
  return undefined
}

function findOnDisk(source: FindSource, entry: EntryAddress, now: number): Found {
  const { memory, stamps } = source.parts
  // Before the disk is read: a change that comes in between ends the value at its next use.
  const count = source.countOf(entry.address)
  const id = source.numberOf(entry.namespace)
  if (id === undefined) return missing
  const outcome = read(source, entryKey(id, entry.text))
  if (outcome.status === 'found') {
    const { value } = outcome
    value.count = count
    if (memory.isOn) memory.set(entry.address, value)
    else value.release()
    stamps.touch(entry.address, now)
    return { status: 'found', value, tier: 'disk' }
  }
  if (outcome.status === 'missing' || outcome.status === 'unreadable') return missing
  source.discard(entry, outcome.status === 'damaged' ? outcome.blobName : undefined)
  return outcome.status === 'expired' ? stale : missing
}

function read(source: FindSource, key: string): ReadOutcome {
  try {
    return readEntry(source.parts, key)
  } catch (error) {
    source.fail(error)
    return { status: 'missing' }
  }
}
