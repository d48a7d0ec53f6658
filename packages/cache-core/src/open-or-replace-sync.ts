import { constants, openSync, rmSync } from 'node:fs'
import { hasCode } from './error-code.js'

/** Opens a file of this user alone; what lies there and is no file goes first, for it would stay for ever. */
export function openOrReplaceSync(path: string, flags: number): number {
  const safeFlags = flags | constants.O_NOFOLLOW
  try {
    return openSync(path, safeFlags, 0o600)
  } catch (error) {
    if (!hasCode(error, 'EISDIR', 'ELOOP', 'ENXIO')) throw error
    rmSync(path, { recursive: true })
    return openSync(path, safeFlags, 0o600)
  }
}
