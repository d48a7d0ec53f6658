/** Codes of {@link SearchError}; each has a line in the README and never changes within a major version. */
export type SearchErrorCode =
  | 'SEARCH_INVALID_PATTERN'
  | 'SEARCH_EMPTY_PATTERN'
  | 'SEARCH_SCOPE_NOT_FOUND'
  | 'SEARCH_ENGINE_FAILED'
  | 'SEARCH_RESULT_TOO_LARGE'
  | 'SEARCH_MEMORY_EXCEEDED'
  | 'SEARCH_TIMEOUT'
  | 'SEARCH_ABORTED'

/** The only kind of error that this package throws besides those of `DataRoot` and `TypeError` for misuse. */
export class SearchError extends Error {
  override readonly name = 'SearchError'
  readonly code: SearchErrorCode

  constructor(code: SearchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
