import type { CacheWarning } from './cache-warning.js'
import { storageFailure, storageReason } from './level-database.js'

/** Said when an owned directory was open to other users. */
export function tightenedWarning(directory: string): CacheWarning {
  return {
    code: 'CACHE_DIRECTORY_TIGHTENED',
    message: `Cache directory "${directory}" was open to other users: took their rights away`,
  }
}

/** Said when files that cannot be a database were moved out of the way. */
export function setAsideWarning(directory: string, reason: string): CacheWarning {
  return {
    code: 'CACHE_DATABASE_SET_ASIDE',
    message: `Cannot open database of cache "${directory}": ${reason}; began an empty one`,
  }
}

/** Said when the directory went away under an open store. */
export function replacedWarning(directory: string): CacheWarning {
  return {
    code: 'CACHE_DIRECTORY_REPLACED',
    message: `Cache directory "${directory}" was removed or replaced: begins anew`,
  }
}

/** Said when the cache begins to answer without a store. */
export function degradedWarning(directory: string, cause: unknown): CacheWarning {
  const reason = storageReason(cause)
  if (storageFailure(cause) === 'locked') {
    const message = `Cannot use cache "${directory}": another process has it open (${reason})`
    return { code: 'CACHE_LOCKED', message: `${message}; goes on without a cache until that ends`, cause }
  }
  const message = `Cannot use cache "${directory}": ${reason}; goes on without a cache and tries again`
  return { code: 'CACHE_DEGRADED', message, cause }
}
