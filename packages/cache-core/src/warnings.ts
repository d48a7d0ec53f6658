import type { CacheWarning } from './cache-warning.js'
import { SharingError } from './sharing/sharing-error.js'
import { storageFailure, storageReason } from './level-database.js'

/** Said when an owned directory was open to other users. */
export function tightenedWarning(directory: string): CacheWarning {
  return {
    code: 'CACHE_DIRECTORY_TIGHTENED',
    message: `Cache directory "${directory}" was open to other users: took their rights away`,
  }
}

/** What a cache is called in messages; one in a level has no directory. */
export function placeOf(directory: string): string {
  return directory === '' ? 'cache in a level' : `cache "${directory}"`
}

/** Said when files that cannot be a database were moved out of the way. */
export function setAsideWarning(directory: string, reason: string): CacheWarning {
  return {
    code: 'CACHE_DATABASE_SET_ASIDE',
    message: `Cannot open database of ${placeOf(directory)}: ${reason}; began an empty one`,
  }
}

/** Said when a cache that ends can write its last changes in no other way than by removing everything. */
export function emptiedWarning(directory: string, cause: unknown): CacheWarning {
  const message = `Cannot write last changes of ${placeOf(directory)}: ${storageReason(cause)}; removed its database`
  return { code: 'CACHE_DATABASE_SET_ASIDE', message: `${message}, so that no older values come back`, cause }
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
    const message = `Cannot use ${placeOf(directory)}: another process has it open and cannot be reached (${reason})`
    return { code: 'CACHE_LOCKED', message: `${message}; goes on without a cache until that ends`, cause }
  }
  if (cause instanceof SharingError) {
    const message = `Cannot use ${placeOf(directory)}: ${reason}; goes on without a cache until that ends`
    return { code: cause.code, message, cause }
  }
  const message = `Cannot use ${placeOf(directory)}: ${reason}; goes on without a cache and tries again`
  return { code: 'CACHE_DEGRADED', message, cause }
}

/** Said when other processes cannot use the cache while this one does. */
export function unsharedWarning(directory: string, cause: unknown): CacheWarning {
  const message = `Cannot share cache "${directory}": ${storageReason(cause)}; other processes go on without a cache`
  return { code: 'CACHE_UNSHARED', message, cause }
}

/** Said when a follower cannot write a large value to the file in which its owner is to find it. */
export function unwrittenWarning(directory: string, cause: unknown): CacheWarning {
  const message = `Cannot write large value of cache "${directory}": ${storageReason(cause)}; stores none until it can`
  return { code: 'CACHE_DEGRADED', message, cause }
}

/** Said when the owner has not answered in time. */
export function silentWarning(directory: string): CacheWarning {
  const message = `Cannot reach owner of cache "${directory}" in time: goes on without a cache until it answers`
  return { code: 'CACHE_OWNER_SILENT', message }
}
