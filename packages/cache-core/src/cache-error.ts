const cacheErrorCodes = [
  'CACHE_DIRECTORY_FOREIGN',
  'CACHE_DIRECTORY_OCCUPIED',
  'CACHE_LEVEL_UNUSABLE',
  'CACHE_UNAVAILABLE',
  'CACHE_PROTOCOL_UNSUPPORTED',
  'CACHE_BACKUP_TARGET_INVALID',
  'CACHE_BACKUP_FAILED',
  'CACHE_BACKUP_UNREADABLE',
  'CACHE_BACKUP_INVALID',
] as const

/** Codes of {@link CacheError}; each has a line in the README and never changes within a major version. */
export type CacheErrorCode = (typeof cacheErrorCodes)[number]

/** Whether a text is one of the codes. */
export function isCacheErrorCode(text: string): text is CacheErrorCode {
  return cacheErrorCodes.some((code) => code === text)
}

/** The only kind of error that this package throws besides `TypeError` and `RangeError` for misuse. */
export class CacheError extends Error {
  override readonly name = 'CacheError'
  readonly code: CacheErrorCode

  constructor(code: CacheErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
