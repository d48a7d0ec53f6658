import { readFile } from 'node:fs/promises'
import { hasCode } from './error-code.js'

/** Stands for what is there and is no file; it has no content either. */
export const noFile = Buffer.alloc(0)

/** The content of a file; `otherwise` when there is none, and {@link noFile} when what is there is no file. */
export async function readFileOr(path: string, otherwise: Buffer): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    // LevelDB removes files whenever it likes.
    if (hasCode(error, 'ENOENT')) return otherwise
    if (hasCode(error, 'EISDIR', 'ELOOP')) return noFile
    throw error
  }
}
