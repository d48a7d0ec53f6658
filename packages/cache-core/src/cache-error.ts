/** Codes of {@link CacheError}; each has a line in the README and never changes within a major version. */
export type CacheErrorCode = 'CACHE_DIRECTORY_FOREIGN' | 'CACHE_DIRECTORY_OCCUPIED' | 'CACHE_LEVEL_UNUSABLE'

/** The only kind of error that this package throws besides `TypeError` and `RangeError` for misuse. */
export class CacheError extends Error {
  override readonly name = 'CacheError'
  readonly code: CacheErrorCode

  constructor(code: CacheErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
