import { EntryBatch } from './entry-batch.js'
import { endOf, metadataPrefix } from './layout.js'
import { decodeMetadata } from './metadata.js'
import type { StoreParts } from './store-parts.js'

const stepLength = 500

/**
 * Counts the entries anew after damage was found: what LevelDB lost or changed leaves ledger and indexes wrong. Must
 * run alone in the write queue. Entries whose metadata cannot be read are removed on the way.
 */
export async function recount({ database, ledger }: StoreParts): Promise<void> {
  ledger.reset()
  const iterator = database.iterator({ gte: metadataPrefix, lt: endOf(metadataPrefix) })
  try {
    for (;;) {
      const found = await iterator.nextv(stepLength)
      const batch = new EntryBatch(database, ledger)
      for (const [key, value] of found) {
        const entry = key.slice(metadataPrefix.length)
        const metadata = decodeMetadata(entry, value)
        if (metadata === undefined) batch.remove(entry, undefined)
        else batch.relist(entry, metadata)
      }
      if (found.length === 0) ledger.trust()
      await batch.write()
      if (found.length === 0) return
    }
  } finally {
    await iterator.close()
  }
}
