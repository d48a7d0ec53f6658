import type { SetOptions } from './cache-store.js'
import { escapeText } from './well-formed-text.js'

/** Set options with defaults filled in; tags are escaped and each is there once. */
export interface CheckedSetOptions {
  readonly ttlSeconds: number
  readonly tags: readonly string[]
  readonly signal: AbortSignal | undefined
}

/**
 * A key in its stored form.
 *
 * @throws TypeError when it is not a string
 */
export function checkKey(key: string): string {
  if (typeof key !== 'string') throw new TypeError(`Cannot use cache key of type ${typeof key}: it must be a string`)
  return escapeText(key)
}

/**
 * Options of a set, checked.
 *
 * @throws TypeError when the tags are no array of strings
 * @throws RangeError when `ttlSeconds` is negative or not finite
 */
export function checkSetOptions({ ttlSeconds = 0, tags = [], signal }: SetOptions = {}): CheckedSetOptions {
  if (!Number.isFinite(ttlSeconds) || ttlSeconds < 0)
    throw new RangeError(`Cannot store entry with a ttl of ${ttlSeconds} seconds: it must be 0 or a positive number`)
  if (!Array.isArray(tags))
    throw new TypeError(`Cannot store entry with tags ${JSON.stringify(tags)}: they must be an array of strings`)
  return { ttlSeconds, tags: tags.length === 0 ? [] : [...new Set(tags.map(checkTag))], signal }
}

/**
 * A tag in its stored form.
 *
 * @throws TypeError when it is not a string
 */
export function checkTag(tag: string): string {
  if (typeof tag !== 'string') throw new TypeError(`Cannot use cache tag of type ${typeof tag}: it must be a string`)
  return escapeText(tag)
}
