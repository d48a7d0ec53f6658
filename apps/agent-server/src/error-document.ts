import type { ServerErrorCode } from './server-error.js'
import { statusOfErrorCode } from './error-status.js'

/** The body of every answer that is an error, except a tool's own result. */
export interface ErrorDocument {
  readonly error: string
  readonly message: string
  readonly details: unknown
}

/** Errors of the framework by its codes: ours are part of the interface, the framework's are not. */
const frameworkErrors: ReadonlyMap<string, readonly [ServerErrorCode, string]> = new Map([
  ['FST_ERR_CTP_INVALID_JSON_BODY', ['JSON_INVALID', 'Cannot read the body: it is not valid JSON']],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', ['JSON_INVALID', 'Cannot read the body: it is empty']],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', ['REQUEST_INVALID', 'Cannot read the body: its length is not Content-Length']],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', ['MEDIA_TYPE_UNSUPPORTED', 'Cannot read the body: it must be application/json']],
  ['FST_ERR_CTP_BODY_TOO_LARGE', ['BODY_TOO_LARGE', 'Cannot read the body: it is too large']],
  ['FST_ERR_BAD_URL', ['URL_INVALID', 'Cannot read the URL: it is not valid']],
  ['FST_ERR_MAX_PARAM_LENGTH', ['URL_INVALID', 'Cannot read the URL: a part of it is too long']],
])

/** Gives the status and body for an error; what nobody foresaw shows nothing of itself. */
export function describeError(error: unknown): { readonly status: number; readonly document: ErrorDocument } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = frameworkErrors.get(code)
  if (known !== undefined) return describe({ error: known[0], message: known[1], details: null })
  const status = statusOfErrorCode(code)
  if (error instanceof Error && status !== 500) {
    return describe({ error: code, message: error.message, details: detailsOf(error) })
  }
  return describe({ error: 'INTERNAL', message: 'Cannot answer the request: an internal error', details: null })
}

function describe(document: ErrorDocument): { readonly status: number; readonly document: ErrorDocument } {
  return { status: statusOfErrorCode(document.error), document }
}

function detailsOf(error: Error): unknown {
  return 'details' in error ? (error.details ?? null) : null
}
