import { resolve } from 'node:path'
import type { CacheWarning } from './cache-warning.js'
import { systemClock, type Clock } from './clock.js'
import { callGuarded } from './tell-listeners.js'

/** Settings of a `PersistentCache` wherever it is. */
export interface CacheOptions {
  /** Bytes of keys, values and metadata together; 524,288,000 by default. */
  readonly sizeLimit?: number
  /** Bytes of decoded values kept in memory; 67,108,864 by default, 0 turns the tier off. */
  readonly memoryLimit?: number
  readonly clock?: Clock
  /** Told about each thing that a person should know. */
  readonly onWarning?: (warning: CacheWarning) => void
}

/** Settings of a `PersistentCache` in a directory. */
export interface PersistentCacheOptions extends CacheOptions {
  /** Where the files are; made when missing, for this user alone. */
  readonly directory: string
  /** Whether this process is to own the directory when its owner has gone; `prefer` by default. */
  readonly ownership?: OwnershipWish
  /** Ends waiting for the cache; `open()` rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Long-running processes prefer to own a directory. Short ones should avoid it: when its owner has gone they leave it to
 * others for a moment, so that it does not change hands with each of them. Where there is nobody else they own it.
 */
export type OwnershipWish = 'prefer' | 'avoid'

/** The options that last, with nothing left open. */
type CheckedOptions = Required<Omit<PersistentCacheOptions, 'signal'>>

/**
 * The settings with defaults filled in and the directory absolute.
 *
 * @throws TypeError when the directory is not a path, or the ownership none that there is
 * @throws RangeError when a limit is not a whole number of bytes
 */
export function checkOptions(options: PersistentCacheOptions): CheckedOptions {
  // From JavaScript anything can come, and destructuring nothing says nothing.
  const { directory, ownership = 'prefer' }: Partial<PersistentCacheOptions> = options ?? {}
  if (typeof directory !== 'string' || directory === '' || directory.includes('\0'))
    throw new TypeError(`Cannot open cache at ${JSON.stringify(directory)}: the directory must be a path`)
  if (ownership !== 'prefer' && ownership !== 'avoid')
    throw new TypeError(`Cannot open cache with ownership ${JSON.stringify(ownership)}: it must be "prefer" or "avoid"`)
  return { directory: resolve(directory), ownership, ...checkCacheOptions(options) }
}

/**
 * The settings that every cache has, with defaults filled in.
 *
 * @throws RangeError when a limit is not a whole number of bytes
 * @throws TypeError when `onWarning` is no function
 */
export function checkCacheOptions(options: CacheOptions): Required<CacheOptions> {
  const { sizeLimit = 524_288_000, memoryLimit = 67_108_864, clock = systemClock, onWarning = ignoreWarning } = options
  if (!Number.isSafeInteger(sizeLimit) || sizeLimit < 1)
    throw new RangeError(`Cannot open cache with a size limit of ${sizeLimit} bytes: it must be a positive integer`)
  if (!Number.isSafeInteger(memoryLimit) || memoryLimit < 0)
    throw new RangeError(`Cannot open cache with a memory limit of ${memoryLimit} bytes: it must be 0 or more`)
  if (typeof onWarning !== 'function')
    throw new TypeError(`Cannot open cache with ${typeof onWarning} as onWarning: it must be a function`)
  // One that throws must not keep the cache from doing what it warns of.
  const warn = (warning: CacheWarning): void => callGuarded(() => onWarning(warning))
  return { sizeLimit, memoryLimit, clock, onWarning: warn }
}

function ignoreWarning(): void {}
