import { checkTables } from './check-tables.js'
import { endOf, growingPrefixes } from './layout.js'
import type { LevelDatabase } from './level-database.js'
import { tightenFiles } from './private-files.js'

/** Rewrites the tables without what was deleted or overwritten. Reads and writes go on meanwhile. */
export async function compactDatabase(database: LevelDatabase): Promise<void> {
  await checkTables(database.location)
  for (const prefix of growingPrefixes) await database.compactRange(prefix, endOf(prefix))
  await tightenFiles(database.location)
}
