import { closeSync } from 'node:fs'
import { hasCode } from './error-code.js'

/**
 * Closes a file whose content is known to be written or of no use any more. A network file system may say then that an
 * earlier write failed; the descriptor is free all the same, and what else is to be closed must be.
 */
export function closeDescriptor(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch (error) {
    if (!hasCode(error, 'EIO', 'ENOSPC', 'EDQUOT')) throw error
  }
}
