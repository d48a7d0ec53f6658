import { EntryBatch } from './entry-batch.js'
import { endOf, expiryBound, expiryPrefix, splitExpiryKey } from './layout.js'
import type { StoreParts } from './store-parts.js'

const stepLength = 256

/** Removes some hundred expired entries at most; answers when to look again, in milliseconds since the epoch. */
export async function sweepExpired(parts: StoreParts): Promise<number> {
  const { database, ledger, clock, blobs } = parts
  const now = clock.now()
  const keys = await database.keys({ gte: expiryPrefix, lt: expiryBound(now + 1), limit: stepLength }).all()
  if (keys.length > 0) {
    const batch = new EntryBatch(database, ledger)
    for (const key of keys) {
      const { expiresAt, entry } = splitExpiryKey(key)
      const metadata = batch.metadataOf(entry)
      batch.removeKey(key)
      if (metadata !== undefined && Math.ceil(metadata.expiresAt) === expiresAt) batch.remove(entry, metadata)
    }
    for (const name of await batch.write()) blobs.collect(name)
  }
  return keys.length === stepLength ? now : await nextExpiry(parts)
}

/** When the first entry expires, in milliseconds since the epoch; infinity when none does. */
async function nextExpiry({ database }: StoreParts): Promise<number> {
  const [first] = await database.keys({ gte: expiryPrefix, lt: endOf(expiryPrefix), limit: 1 }).all()
  return first === undefined ? Number.POSITIVE_INFINITY : splitExpiryKey(first).expiresAt
}
