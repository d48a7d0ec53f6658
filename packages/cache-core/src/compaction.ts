import { checkTables } from './check-tables.js'
import { endOf, growingPrefixes } from './layout.js'
import type { LevelDatabase } from './level-database.js'
import { physicalBytes } from './physical-bytes.js'
import { tightenFiles } from './private-files.js'
import type { StoreParts } from './store-parts.js'

/** Physical bytes for each logical one from which on tables are worth rewriting: after churn it would be 2.8. */
const wasteFactor = 1.5

/** Below this physical size compaction gains nothing worth the work, in bytes. */
const smallBytes = 1_048_576

/** What compaction needs of a store. */
type CompactionNeeds = Pick<StoreParts, 'database' | 'ledger'>

/** Whether a database of so many bytes keeps much that was removed; small ones never do. */
export function isWasteful({ ledger }: CompactionNeeds, bytes: number, factor = wasteFactor): boolean {
  return bytes > Math.max(smallBytes, ledger.databaseBytes * Math.max(wasteFactor, factor))
}

/**
 * Rewrites the tables without what was deleted or overwritten; answers how many bytes are left. Reads and writes go
 * on meanwhile.
 */
export async function compactDatabase(parts: CompactionNeeds): Promise<number> {
  const { database } = parts
  await checkTables(database.location)
  for (const prefix of growingPrefixes) await database.compactRange(prefix, endOf(prefix))
  if (isWasteful(parts, await physicalBytes(database.location))) await rewriteTables(database)
  await tightenFiles(database.location)
  return await physicalBytes(database.location)
}

/**
 * LevelDB only merges a table with those that lie above it. One that holds entries and their deletions, both written
 * within one write buffer, goes straight to the lowest level and stays there. So something is laid above everything:
 * the deletions of two keys that never exist, at the two ends of a range.
 */
async function rewriteTables(database: LevelDatabase): Promise<void> {
  for (const prefix of growingPrefixes) {
    await database.batch().del(prefix).del(endOf(prefix)).write()
    await database.compactRange(prefix, endOf(prefix))
  }
}
