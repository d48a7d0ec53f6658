import { EntryBatch } from './entry-batch.js'
import { addressPrefix } from './entry-address.js'
import { endOf, entryKey, tagPrefix, tagRange } from './layout.js'
import type { StoreParts } from './store-parts.js'
import { isLive } from './stored-value.js'

const stepLength = 256

/** An escaped tag within a namespace. */
export interface TagAddress {
  readonly namespace: string
  readonly tag: string
}

/** Removes the entries of a tag, some hundred in each batch; answers how many of them were live. */
export async function deleteTagged(parts: StoreParts, { namespace, tag }: TagAddress): Promise<number> {
  const { database, ledger, memory, generations, blobs, clock } = parts
  const namespaceId = ledger.tally(namespace)?.id
  if (namespaceId === undefined) return 0
  const start = tagRange(namespaceId, tag)
  const now = clock.now()
  let removed = 0
  for (let after = start; ;) {
    const bounds = { gte: after, lt: endOf(tagPrefix), limit: stepLength }
    const keys = (await database.keys(bounds).all()).filter((key) => key.startsWith(start))
    const batch = new EntryBatch(database, ledger)
    for (const key of keys) {
      const text = key.slice(start.length)
      const entry = entryKey(namespaceId, text)
      const metadata = batch.metadataOf(entry)
      batch.removeKey(key)
      if (!metadata?.tags.includes(tag)) continue
      if (isLive(metadata, now)) removed += 1
      batch.remove(entry, metadata)
    }
    const last = keys.at(-1)
    if (last === undefined) return removed
    for (const name of await batch.write()) blobs.collect(name)
    const addresses = keys.map((key) => addressPrefix(namespace) + key.slice(start.length))
    for (const address of addresses) memory.delete(address)
    generations.bump(addresses)
    after = `${last}\0`
  }
}
