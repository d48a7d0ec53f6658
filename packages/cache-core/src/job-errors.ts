import { CacheError } from './cache-error.js'
import { storageReason } from './level-database.js'
import type { JobType } from './store-job.js'
import { placeOf } from './warnings.js'

/** There is no store to work on, or it ended meanwhile. */
export function unavailableError(type: JobType, directory: string, cause?: unknown): CacheError {
  const reason = cause === undefined ? 'there is no store at present' : storageReason(cause)
  return new CacheError('CACHE_UNAVAILABLE', `Cannot ${type} ${placeOf(directory)}: ${reason}`, { cause })
}

/** The owner is of a version that does not know such a job. */
export function unsupportedError(type: JobType, directory: string): CacheError {
  const message = `Cannot ${type} cache "${directory}": its owner is of an older version that cannot do that`
  return new CacheError('CACHE_PROTOCOL_UNSUPPORTED', message)
}
