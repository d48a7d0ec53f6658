import type { CacheStore } from '@fsagent/cache-core'
import type { DataRoot } from '@fsagent/file-state'
import type { ContentLoader } from './read-content.js'

/** Settings of a `ContentCache`. */
export interface ContentCacheOptions {
  readonly root: DataRoot
  /** Where entries are kept; without one every read is a `bypass`. */
  readonly store?: CacheStore | undefined
  /** Larger files are not held as a whole; bytes, 10,485,760 by default, 1 GiB at most. */
  readonly maxFileSize?: number | undefined
  /** Seconds an entry is used at most, whatever its file looks like; 0, the default, means without end. */
  readonly ttlSeconds?: number | undefined
}

/** How a file is asked for. */
export interface ReadingOptions {
  /** Ends the wait of this caller alone. */
  readonly signal?: AbortSignal | undefined
}

/** How a whole file is asked for. */
export interface ContentOptions extends ReadingOptions {
  /** Reads in place of the cache; must give the file's own bytes. */
  readonly loader?: ContentLoader | undefined
}

/** Bytes. */
export const defaultMaxFileSize = 10_485_760
const largestMaxFileSize = 1_073_741_824

/** @throws RangeError when it is out of range */
export function checkedMaxFileSize(maxFileSize: number): number {
  if (Number.isInteger(maxFileSize) && maxFileSize >= 0 && maxFileSize <= largestMaxFileSize) return maxFileSize
  throw new RangeError(`Cannot hold files of ${maxFileSize} bytes: maxFileSize must be from 0 to ${largestMaxFileSize}`)
}

/** @throws RangeError when it is negative or not finite */
export function checkedTtl(ttlSeconds: number): number {
  if (Number.isFinite(ttlSeconds) && ttlSeconds >= 0) return ttlSeconds
  throw new RangeError(`Cannot keep contents for ${ttlSeconds} seconds: ttlSeconds must be 0 or a positive number`)
}
