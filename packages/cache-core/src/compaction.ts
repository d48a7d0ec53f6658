import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './error-code.js'
import { endOf, growingPrefixes } from './layout.js'
import type { LevelDatabase } from './level-database.js'
import { tightenFiles } from './private-files.js'

/** Rewrites the tables without what was deleted or overwritten. Reads and writes go on meanwhile. */
export async function compactDatabase(database: LevelDatabase): Promise<void> {
  for (const prefix of growingPrefixes) await database.compactRange(prefix, endOf(prefix))
  await tightenFiles(database.location)
}

/** Bytes that the files in a directory take. */
export async function physicalBytes(directory: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(directory)) {
    try {
      bytes += (await stat(join(directory, name))).size
    } catch (error) {
      // LevelDB removes files whenever it likes.
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
  return bytes
}
