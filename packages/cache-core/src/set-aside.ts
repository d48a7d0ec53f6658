import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './error-code.js'
import { blobFolder, damagedPrefix, databaseFolder } from './layout.js'

/** Moves files of a cache out of the way, under a name that {@link removeSetAside} finds. */
export async function setAside(directory: string, name: string): Promise<void> {
  const target = `${damagedPrefix}${name}-${randomBytes(6).toString('hex')}`
  try {
    await rename(join(directory, name), join(directory, target))
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

/** Moves the database out of the way, and the blobs, to which nothing refers then. */
export async function setAsideDatabase(directory: string): Promise<void> {
  await setAside(directory, databaseFolder)
  await setAside(directory, blobFolder)
}

/** Deletes what was set aside, file by file; `isStopped` ends it early, and the next process goes on. */
export async function removeSetAside(directory: string, isStopped: () => boolean): Promise<void> {
  for (const name of await listNames(directory))
    if (name.startsWith(damagedPrefix)) await removeSlowly(join(directory, name), isStopped)
}

async function removeSlowly(path: string, isStopped: () => boolean): Promise<void> {
  for (const entry of await listEntries(path)) {
    if (isStopped()) return
    const below = join(path, entry.name)
    if (entry.isDirectory()) await removeSlowly(below, isStopped)
    else await rm(below, { force: true })
  }
  await rm(path, { recursive: true, force: true })
}

/** What is in a directory; nothing when it is a file that lay in its place. */
async function listEntries(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return []
    throw error
  }
}

async function listNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  }
}
