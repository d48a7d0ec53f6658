import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { unfinishedSuffix, type BlobStore } from './blob-store.js'
import type { Clock } from './clock.js'
import { hasCode } from './error-code.js'

/** A file that nothing uses is left alone for this long: another process may be about to use it. */
const graceMilliseconds = 15 * 60_000

/**
 * Removes the files that a crash left behind, of one of the 256 folders: written for an entry that was never stored,
 * or no longer used by any. Answers how many.
 */
export async function sweepBlobFolder(blobs: BlobStore, folder: string, clock: Clock): Promise<number> {
  let removed = 0
  const directory = join(blobs.directory, folder)
  for (const name of await listNames(directory)) {
    const path = join(directory, name)
    if (!name.endsWith(unfinishedSuffix) && blobs.isUsed(name)) continue
    if ((await modifiedAt(path)) + graceMilliseconds > clock.now()) continue
    if (name.endsWith(unfinishedSuffix)) await rm(path, { force: true })
    else blobs.collect(name)
    removed += 1
  }
  return removed
}

/** The names of the folders that blobs are in. */
export async function blobFolders(blobs: BlobStore): Promise<readonly string[]> {
  return (await listNames(blobs.directory)).filter((name) => /^[0-9a-f]{2}$/.test(name))
}

async function listNames(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

async function modifiedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return Number.POSITIVE_INFINITY
    throw error
  }
}
