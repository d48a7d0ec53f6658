import { rename, rm } from 'node:fs/promises'
import { hasCode } from './error-code.js'

/** Renames a file; a directory in its new place goes first, for nothing could ever be stored there. */
export async function replaceFile(source: string, target: string): Promise<void> {
  try {
    await rename(source, target)
  } catch (error) {
    if (!hasCode(error, 'EISDIR', 'ENOTEMPTY', 'EEXIST')) throw error
    await rm(target, { recursive: true })
    await rename(source, target)
  }
}
