import { checkTables } from './check-tables.js'
import { endOf, growingPrefixes } from './layout.js'
import type { Ledger } from './ledger.js'
import type { EntryDatabase, LevelDatabase } from './level-database.js'
import { physicalBytes } from './physical-bytes.js'
import { tightenFiles } from './private-files.js'

/** Physical bytes for each logical one from which on tables are worth rewriting: after churn it would be 2.8. */
const wasteFactor = 1.5

/** Below this physical size compaction gains nothing worth the work, in bytes. */
const smallBytes = 1_048_576

/** What is compacted. */
interface Compactable {
  readonly database: LevelDatabase
  readonly ledger: Ledger
}

/** Has a level rewrite the tables of a range of keys. */
type CompactRange = (start: string, end: string) => Promise<void>

/** Whether a database of so many bytes keeps much that was removed; small ones never do. */
export function isWasteful(ledger: Ledger, bytes: number, factor = wasteFactor): boolean {
  return bytes > Math.max(smallBytes, ledger.databaseBytes * Math.max(wasteFactor, factor))
}

/**
 * Rewrites the tables without what was deleted or overwritten; answers how many bytes are left. Reads and writes go
 * on meanwhile.
 */
export async function compactDatabase({ database, ledger }: Compactable): Promise<number> {
  const compactRange: CompactRange = (start, end) => database.compactRange(start, end)
  await checkTables(database.location)
  for (const prefix of growingPrefixes) await compactRange(prefix, endOf(prefix))
  if (isWasteful(ledger, await physicalBytes(database.location))) await rewriteTables(database, compactRange)
  await tightenFiles(database.location)
  return await physicalBytes(database.location)
}

/**
 * Rewrites all tables. LevelDB only merges a table with those that lie above it. One that holds entries and their
 * deletions, both written within one write buffer, goes straight to the lowest level and stays there. So something is
 * laid above everything: the deletions of two keys that never exist, at the two ends of a range.
 */
export async function rewriteTables(database: EntryDatabase, compactRange: CompactRange): Promise<void> {
  for (const prefix of growingPrefixes) {
    await database.batch().del(prefix).del(endOf(prefix)).write()
    await compactRange(prefix, endOf(prefix))
  }
}
