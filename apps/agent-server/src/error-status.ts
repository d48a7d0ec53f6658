/** The HTTP status of each error code of any layer; what is missing here is 500. */
const statusByErrorCode: ReadonlyMap<string, number> = new Map([
  ...rows(400, [
    'REQUEST_INVALID',
    'JSON_INVALID',
    'URL_INVALID',
    'TOOL_ARGUMENTS_INVALID',
    'PATH_INVALID',
    'SEARCH_INVALID_PATTERN',
    'SEARCH_EMPTY_PATTERN',
    'AGENT_MESSAGE_EMPTY',
    'AGENT_SESSION_INVALID',
  ]),
  ...rows(401, ['UNAUTHORIZED']),
  ...rows(403, ['HOST_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED', 'PATH_OUTSIDE_ROOT', 'PERMISSION_DENIED']),
  ...rows(404, [
    'ROUTE_NOT_FOUND',
    'TOOL_UNKNOWN',
    'FILE_NOT_FOUND',
    'SEARCH_SCOPE_NOT_FOUND',
    'AGENT_SESSION_NOT_FOUND',
  ]),
  ...rows(405, ['METHOD_NOT_ALLOWED']),
  ...rows(408, ['REQUEST_TIMEOUT']),
  ...rows(413, ['BODY_TOO_LARGE', 'FILE_TOO_LARGE', 'SEARCH_RESULT_TOO_LARGE', 'SEARCH_MEMORY_EXCEEDED']),
  ...rows(415, ['MEDIA_TYPE_UNSUPPORTED']),
  // The request is well-formed; what the path names cannot do what is asked of it.
  ...rows(422, ['IS_A_DIRECTORY', 'NOT_A_DIRECTORY', 'NOT_A_REGULAR_FILE', 'SYMLINK_LOOP', 'FILE_BINARY']),
  ...rows(429, ['AGENT_MODEL_RATE_LIMITED']),
  ...rows(431, ['HEADERS_TOO_LARGE']),
  ...rows(502, [
    'AGENT_MODEL_FAILED',
    'AGENT_MODEL_UNAUTHORIZED',
    'AGENT_MODEL_NOT_FOUND',
    'AGENT_MODEL_UNCONFIGURED',
    'AGENT_MODEL_UNAVAILABLE',
    'AGENT_MODEL_INTERRUPTED',
    'AGENT_MODEL_REFUSED',
  ]),
  ...rows(503, ['AGENT_CLOSED', 'AGENT_ABORTED', 'SEARCH_ABORTED', 'TOOL_ABORTED', 'ROOT_NOT_FOUND']),
  ...rows(504, ['TOOL_TIMEOUT', 'SEARCH_TIMEOUT', 'AGENT_MODEL_TIMEOUT']),
])

/** Gives the HTTP status that belongs to an error code. */
export function statusOfErrorCode(code: string): number {
  return statusByErrorCode.get(code) ?? 500
}

function rows(status: number, codes: readonly string[]): readonly (readonly [string, number])[] {
  return codes.map((code) => [code, status])
}
