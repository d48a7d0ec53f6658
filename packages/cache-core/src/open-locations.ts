import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { hasCode } from './error-code.js'

/** Milliseconds that another thread may take from opening a LOCK file to locking it. */
const lockWithin = 5

const registryKey = Symbol.for('@fsagent/cache-core/open-locations')

/**
 * Locations that this process has open, shared by all copies of this module in a thread. LevelDB opens the LOCK file
 * before it notices that its own process holds the lock, and closing it again drops the lock for other processes too:
 * a location must never be opened twice by one process.
 */
export function claimLocation(location: string): boolean {
  const locations = openLocations()
  if (locations.has(location) || isOpenInAnotherThread(location)) return false
  locations.add(location)
  return true
}

/** Ends a claim. */
export function releaseLocation(location: string): void {
  openLocations().delete(location)
}

function openLocations(): Set<string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the symbol is ours alone
  const holder = globalThis as { [registryKey]?: Set<string> }
  holder[registryKey] ??= new Set()
  return holder[registryKey]
}

/**
 * Looks at the names of the process's descriptors, which worker threads share; only Linux has them. LevelDB lets child
 * processes inherit its descriptors too, but not the lock: a child of an owner must be able to own after it.
 */
function isOpenInAnotherThread(location: string): boolean {
  const path = `${location}/LOCK`
  const descriptors = orWhenMissing(() => readdirSync('/proc/self/fd'), [])
  if (!descriptors.some((name) => orWhenMissing(() => readlinkSync(`/proc/self/fd/${name}`), '') === path)) return false
  if (isLockedHere(path)) return true
  // Another thread may have opened it just now, and be about to lock it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockWithin)
  return isLockedHere(path)
}

/** Whether this process has the lock of a file. Where the system does not tell, it has. */
function isLockedHere(path: string): boolean {
  const inode = orWhenMissing(() => statSync(path, { bigint: true }).ino, undefined)
  const locks = orWhenMissing(() => readFileSync('/proc/locks', 'utf8'), undefined)
  if (inode === undefined || locks === undefined) return true
  // "1: POSIX  ADVISORY  WRITE 4711 08:01:131085 0 EOF": the process, and the file at the end of the sixth word.
  const words = locks.split('\n').map((line) => line.split(/\s+/))
  return words.some((line) => line[4] === String(process.pid) && line[5]?.endsWith(`:${inode}`))
}

/** No `/proc`, no right to read in it, or a descriptor closed since it was listed. */
function orWhenMissing<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES')) return otherwise
    throw error
  }
}
