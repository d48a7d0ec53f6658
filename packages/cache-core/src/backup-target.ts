import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { CacheError } from './cache-error.js'
import { hasCode } from './error-code.js'
import { storageReason } from './level-database.js'

/**
 * Where a backup is to be written: the path with all links followed, so that none is replaced by a file.
 *
 * @throws CacheError `CACHE_BACKUP_TARGET_INVALID` when it is no regular file or lies in the cache's own directory,
 * `CACHE_BACKUP_FAILED` when its folder cannot be reached
 */
export async function backupTarget(file: string, directory: string | undefined): Promise<string> {
  try {
    const target = (await existing(file)) ?? join(await realpath(dirname(file)), basename(file))
    const own = directory === undefined ? undefined : await realpath(directory)
    if (own !== undefined && target.startsWith(own + sep))
      throw invalidError(file, "it is in the cache's own directory")
    return target
  } catch (error) {
    if (error instanceof CacheError || !hasCode(error)) throw error
    const message = `Cannot write backup "${file}": ${storageReason(error)}`
    throw new CacheError('CACHE_BACKUP_FAILED', message, { cause: error })
  }
}

async function existing(file: string): Promise<string | undefined> {
  try {
    const target = await realpath(file)
    // A directory cannot be replaced by a file, and a device or a pipe must not be.
    if (!(await stat(target)).isFile()) throw invalidError(file, 'there is something that is no file')
    return target
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function invalidError(file: string, reason: string): CacheError {
  return new CacheError('CACHE_BACKUP_TARGET_INVALID', `Cannot write backup "${file}": ${reason}`)
}
