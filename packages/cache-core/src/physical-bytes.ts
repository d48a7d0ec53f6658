import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './error-code.js'

/** Bytes that the files in a directory take; counts no further once they are more than `enough`. */
export async function physicalBytes(directory: string, enough = Number.POSITIVE_INFINITY): Promise<number> {
  let bytes = 0
  for (const name of await readdir(directory)) {
    if (bytes > enough) break
    try {
      bytes += (await stat(join(directory, name))).size
    } catch (error) {
      // LevelDB removes files whenever it likes.
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
  return bytes
}
