import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CacheError } from './cache-error.js'
import { hasCode } from './error-code.js'
import { blobFolder, databaseFolder, electionFolder, generationFile, ownerFile, witnessFile } from './layout.js'
import { makeDirectory } from './make-directory.js'

const othersMask = 0o077
const stickyBit = 0o1000
const ownNames: ReadonlySet<string> = new Set([
  databaseFolder,
  electionFolder,
  blobFolder,
  ownerFile,
  generationFile,
  witnessFile,
])
/** Sockets, databases set aside, and files that are being written. */
const ownPattern = /^(?:s-\d+\.sock|damaged-.*|(?:owner\.json|generations)\..+)$/u

/**
 * Makes a directory for this user alone, or tightens the one that is there; answers whether it was too open.
 *
 * @throws CacheError `CACHE_DIRECTORY_FOREIGN` when it belongs to another user, `CACHE_DIRECTORY_OCCUPIED` when others
 * may use it and something else lies in it: tightening `/tmp` would lock everybody out
 */
export async function preparePrivateDirectory(directory: string): Promise<boolean> {
  await makeDirectory(directory)
  const { uid, mode } = await stat(directory)
  const user = process.getuid?.()
  if (user === undefined) return false
  if (uid !== user) {
    const message = `Cannot use cache directory "${directory}": it belongs to user ${uid}, not to ${user}`
    throw new CacheError('CACHE_DIRECTORY_FOREIGN', message)
  }
  if ((mode & othersMask) === 0) return false
  if ((mode & stickyBit) !== 0 || !(await readdir(directory)).every(isOurs)) {
    const message = `Cannot use cache directory "${directory}": it is open to others and holds files of other programs`
    throw new CacheError('CACHE_DIRECTORY_OCCUPIED', message)
  }
  await chmod(directory, mode & ~othersMask)
  return true
}

/** Whether a file is one that a cache makes in its directory. */
function isOurs(name: string): boolean {
  return ownNames.has(name) || ownPattern.test(name)
}

/** Takes the rights of others away from the files in a directory. LevelDB makes its files as the umask says. */
export async function tightenFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    try {
      const { mode } = await stat(path)
      if ((mode & othersMask) !== 0) await chmod(path, mode & ~othersMask)
    } catch (error) {
      // LevelDB removes files whenever it likes.
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
}
