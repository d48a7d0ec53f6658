/** Codes of {@link CacheWarning}; each has a line in the README. */
export type CacheWarningCode =
  | 'CACHE_LOCKED'
  | 'CACHE_OWNER_SILENT'
  | 'CACHE_PROTOCOL_UNSUPPORTED'
  | 'CACHE_UNSHARED'
  | 'CACHE_DEGRADED'
  | 'CACHE_DIRECTORY_TIGHTENED'
  | 'CACHE_DIRECTORY_REPLACED'
  | 'CACHE_DATABASE_SET_ASIDE'

/** Something that the person who runs the program should know; the cache goes on without it. */
export interface CacheWarning {
  readonly code: CacheWarningCode
  readonly message: string
  readonly cause?: unknown
}
