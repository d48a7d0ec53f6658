import { readdirSync, readlinkSync } from 'node:fs'
import { hasCode } from './error-code.js'

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

/** Looks at the names of the process's descriptors, which worker threads share; only Linux has them. */
function isOpenInAnotherThread(location: string): boolean {
  const descriptors = orWhenMissing(() => readdirSync('/proc/self/fd'), [])
  return descriptors.some(
    (name) => orWhenMissing(() => readlinkSync(`/proc/self/fd/${name}`), '') === `${location}/LOCK`,
  )
}

/** No `/proc`, or a descriptor closed since it was listed. */
function orWhenMissing<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return otherwise
    throw error
  }
}
