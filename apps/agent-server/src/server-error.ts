/** The codes of errors that the server itself raises. */
export type ServerErrorCode =
  | 'SERVER_KEY_REQUIRED'
  | 'SERVER_ADDRESS_IN_USE'
  | 'SERVER_LISTEN_FAILED'
  | 'SERVER_USAGE'
  | 'REQUEST_INVALID'
  | 'REQUEST_TIMEOUT'
  | 'JSON_INVALID'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'BODY_TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'URL_INVALID'
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'HOST_NOT_ALLOWED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'UNAUTHORIZED'
  | 'INTERNAL'

/** An error of the server itself, as opposed to one of the agent or of a cache below it. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly code: ServerErrorCode
  /** What exactly was wrong, as JSON; `null` when the message says it all. */
  readonly details: unknown

  constructor(code: ServerErrorCode, message: string, options: { readonly cause?: unknown; details?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.details = options.details ?? null
  }
}
