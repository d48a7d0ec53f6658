import { readFile } from 'node:fs/promises'
import { hasCode } from './error-code.js'

/** The content of a file; `otherwise` when there is none, and nothing when what is there is no file. */
export async function readFileOr(path: string, otherwise: Buffer): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    // LevelDB removes files whenever it likes.
    if (hasCode(error, 'ENOENT')) return otherwise
    if (hasCode(error, 'EISDIR', 'ELOOP')) return Buffer.alloc(0)
    throw error
  }
}
