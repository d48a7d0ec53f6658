import { ledgerKey, namespacePrefix } from './layout.js'
import { decodeNamespace, decodeTotals } from './ledger-records.js'
import type { EntryDatabase } from './level-database.js'
import type { Sums } from './sums.js'

/** How much a namespace holds as the ledger on disk says, or all of them; throws when it cannot be read. */
export function readSums(database: EntryDatabase, id: string | undefined): Sums | undefined {
  const key = id === undefined ? ledgerKey : namespacePrefix + id
  const stored = database.getSync(key)
  if (stored === undefined) return undefined
  return id === undefined ? decodeTotals(stored) : decodeNamespace(key, stored)
}
