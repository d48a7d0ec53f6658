import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { physicalBytes } from './physical-bytes.js'
import { damageError } from './level-database.js'
import { noFile, readFileOr } from './read-file-or.js'
import { isTableIntact } from './table-checksums.js'

/** Up to here a check takes some milliseconds: it is made at each opening. Above, opening must not wait for it. */
const smallBytes = 4_194_304

const missing = Buffer.alloc(0)

/** Rejects, as damaged, when LevelDB could not merge the tables in a directory without ending the process. */
export async function checkTables(location: string): Promise<void> {
  for (const name of await readdir(location)) {
    if (!/\.(ldb|sst)$/.test(name)) continue
    const table = await readFileOr(join(location, name), missing)
    if (table === noFile || !isTableIntact(table)) throw damageError(`table ${name} is damaged`)
    await nextTurn()
  }
}

/** Whether the tables in a directory are to be checked before LevelDB opens them, which may merge them at once. */
export async function needsCheck(location: string): Promise<boolean> {
  // Not all of them are looked at: there can be thousands, and the first ones tell.
  const isSmall = (await physicalBytes(location, smallBytes)) <= smallBytes
  return isSmall || (await endedWhileMerging(location))
}

/**
 * Whether the last process to have the database open ended while LevelDB merged tables: it was killed, or the merge
 * itself ended it, and would end the next process in the same way. LevelDB's own log tells.
 */
export async function endedWhileMerging(location: string): Promise<boolean> {
  const log = (await readFileOr(join(location, 'LOG'), missing)).toString('latin1')
  const begun = log.lastIndexOf(' Compacting ')
  return begun !== -1 && !/ compacted to: | Compaction error: /.test(log.slice(begun))
}
