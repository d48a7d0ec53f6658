/** Codes of {@link CacheManagerError}; each has a line in the README. */
export type CacheManagerErrorCode =
  | 'CACHE_DIRECTORY_IS_ROOT'
  | 'CACHE_NOT_ENABLED'
  | 'CACHE_NOT_WRITABLE'
  | 'WARM_PATTERN_INVALID'

/** What only the combination of the tiers can refuse; the tiers' own errors come through as they are. */
export class CacheManagerError extends Error {
  override readonly name = 'CacheManagerError'
  readonly code: CacheManagerErrorCode

  constructor(code: CacheManagerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
