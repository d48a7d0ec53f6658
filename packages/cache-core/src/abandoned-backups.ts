import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { unfinishedSuffix } from './blob-store.js'
import { hasCode } from './error-code.js'

/** Milliseconds without a write after which whoever wrote a backup is gone: one that runs writes all the time. */
const abandonedAfter = 60_000

/**
 * Removes what killed processes left of backups to the same file. `unfinished` has just been begun beside it: it tells
 * what time it is by the clock of that file system.
 */
export async function removeAbandoned(target: string, unfinished: string): Promise<void> {
  try {
    const { mtimeMs: now } = await stat(unfinished)
    for (const name of await readdir(dirname(target))) {
      const path = join(dirname(target), name)
      if (isUnfinished(name, basename(target)) && (await stat(path)).mtimeMs + abandonedAfter < now) await rm(path)
    }
  } catch (error) {
    // It is in nobody's way.
    if (!hasCode(error)) throw error
  }
}

function isUnfinished(name: string, target: string): boolean {
  if (!name.startsWith(`${target}.`) || !name.endsWith(unfinishedSuffix)) return false
  return /^[0-9a-f]{12}$/.test(name.slice(target.length + 1, -unfinishedSuffix.length))
}
