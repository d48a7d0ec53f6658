import { EntryBatch } from './entry-batch.js'
import { garbagePrefix, metadataPrefix, tagPrefix, valuePrefix } from './layout.js'
import { decodeMetadata } from './metadata.js'
import type { StoreParts } from './store-parts.js'

const stepLength = 256

/** Removes some hundred entries of a cleared namespace at most; answers whether all of them are gone. */
export async function purgeCleared(parts: StoreParts, namespaceId: string): Promise<boolean> {
  const { database, ledger, blobs } = parts
  const range = (prefix: string) => ({ gte: `${prefix}${namespaceId}:`, lt: `${prefix}${namespaceId};` })
  const found = await database.iterator({ ...range(metadataPrefix), limit: stepLength }).all()
  const batch = new EntryBatch(database, ledger)
  for (const [key, value] of found) {
    const entry = key.slice(metadataPrefix.length)
    batch.remove(entry, decodeMetadata(entry, value))
  }
  const isDone = found.length < stepLength
  if (isDone) {
    // What damage left without metadata.
    await database.clear(range(valuePrefix))
    await database.clear(range(tagPrefix))
    batch.removeKey(garbagePrefix + namespaceId)
  }
  for (const name of await batch.write()) blobs.collect(name)
  if (isDone) ledger.purged(namespaceId)
  return isDone
}
