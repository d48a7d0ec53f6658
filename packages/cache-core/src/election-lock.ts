import { statSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode } from './error-code.js'
import { electionFolder } from './layout.js'

/** What tells one LOCK file from another; only looked at, never opened, for closing it would drop the lock. */
export function lockIdentity(directory: string): string {
  const { dev, ino } = statSync(join(directory, electionFolder, 'LOCK'), { bigint: true })
  return `${dev}:${ino}`
}

/** Whether the lock is still the one in the directory: neither of them was removed or replaced. */
export function isLockInPlace(directory: string, lock: string): boolean {
  try {
    return lockIdentity(directory) === lock
  } catch (error) {
    if (hasCode(error)) return false
    throw error
  }
}
