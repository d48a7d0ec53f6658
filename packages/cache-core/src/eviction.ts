import { EntryBatch } from './entry-batch.js'
import { addressPrefix } from './entry-address.js'
import { accessPrefix, endOf, splitAccessKey, splitEntryKey } from './layout.js'
import { damageError } from './level-database.js'
import { recount } from './recount.js'
import type { StoreParts } from './store-parts.js'

/** Entries looked at in one batch, so that waiting sets get their turn. */
const stepLength = 256

/** Evicting goes on to this part of the limit, so that it is not begun anew for each set. */
const targetShare = 0.9

/** Evicts until that many bytes fit below the limit; answers how many entries went. */
export async function makeRoom(parts: StoreParts, incomingBytes: number): Promise<number> {
  const target = Math.max(0, parts.sizeLimit - incomingBytes)
  let evictions = 0
  let lastFirstKey: string | undefined
  while (parts.ledger.bytes > target) {
    const step = await evictStep(parts, target)
    if (step.firstKey === lastFirstKey) throw damageError('the order of use cannot be walked')
    lastFirstKey = step.firstKey
    evictions += step.evictions
  }
  return evictions
}

/** Bytes at which eviction ends once it has begun. */
export function evictionTarget(parts: StoreParts): number {
  return Math.floor(parts.sizeLimit * targetShare)
}

/** What one step of eviction did. */
export interface EvictionStep {
  readonly evictions: number
  /** Where the step began: two steps never begin at the same key, for each removes the keys it passes. */
  readonly firstKey: string | undefined
}

/** Evicts the least recently used until `target` bytes are left, some hundred entries at most. */
export async function evictStep(parts: StoreParts, target: number): Promise<EvictionStep> {
  const { database, ledger, stamps, blobs, memory, generations } = parts
  const keys = await database.keys({ gte: accessPrefix, lt: endOf(accessPrefix), limit: stepLength }).all()
  const batch = new EntryBatch(database, ledger)
  const evicted: string[] = []
  for (const key of keys) {
    if (ledger.bytes <= target) break
    const { stamp, entry } = splitAccessKey(key)
    const address = addressOf(parts, entry)
    const metadata = address === undefined ? undefined : batch.metadataOf(entry)
    const lastUse = address === undefined ? undefined : stamps.lastUse(address)
    batch.removeKey(key)
    if (address === undefined || metadata?.stamp !== stamp) continue
    if (lastUse !== undefined && lastUse * 1000 > stamp) {
      batch.restamp(entry, metadata, ledger.nextStamp(lastUse))
      stamps.forget(address)
      continue
    }
    batch.remove(entry, metadata)
    evicted.push(address)
  }
  for (const name of await batch.write()) blobs.collect(name)
  for (const address of evicted) memory.delete(address)
  generations.bump(evicted)
  if (keys.length === 0) await recount(parts)
  return { evictions: evicted.length, firstKey: keys[0] }
}

/** The address of an entry, or `undefined` when its namespace was cleared and it only waits to be purged. */
function addressOf({ ledger }: StoreParts, entry: string): string | undefined {
  const { namespaceId, text } = splitEntryKey(entry)
  const namespace = ledger.nameOf(namespaceId)
  return namespace === undefined ? undefined : addressPrefix(namespace) + text
}
