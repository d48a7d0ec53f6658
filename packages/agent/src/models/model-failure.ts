import type { AgentErrorCode } from '../agent-error.js'

/** What is known about a request to a model that failed. */
export interface ModelFailure {
  readonly code: Extract<AgentErrorCode, `AGENT_MODEL_${string}`>
  /** Whether the same request may succeed later. */
  readonly passes: boolean
  /** HTTP status, when the server gave one that says something. */
  readonly status: number | undefined
  /** What the provider says. */
  readonly reason: string
  /** Headers of the answer, in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** An answer that ended before the model said that it was done. */
export class InterruptedAnswer extends Error {
  override readonly name = 'InterruptedAnswer'
}

/** Gives what a thrown error, or one that a stream brought, says about the request. */
export function modelFailure(error: unknown): ModelFailure {
  const { status, headers } = answerOf(error)
  const rule = rules.find(({ applies }) => applies(error, status))
  const { code, passes } = rule ?? { code: 'AGENT_MODEL_FAILED', passes: false }
  return { code, passes, reason: reasonOf(error), headers, status: isFailed(status) ? status : undefined }
}

interface FailureRule extends Pick<ModelFailure, 'code' | 'passes'> {
  readonly applies: (error: unknown, status: number | undefined) => boolean
}

/** The first that applies counts. */
const rules: readonly FailureRule[] = [
  { code: 'AGENT_MODEL_UNAUTHORIZED', passes: false, applies: (_, status) => status === 401 || status === 403 },
  { code: 'AGENT_MODEL_NOT_FOUND', passes: false, applies: (_, status) => status === 404 },
  // What is used up for the month comes back neither in a second nor in a minute.
  { code: 'AGENT_MODEL_RATE_LIMITED', passes: false, applies: (error) => says(error, ['insufficient_quota']) },
  {
    code: 'AGENT_MODEL_RATE_LIMITED',
    passes: true,
    applies: (error, status) => status === 429 || says(error, ['rate_limit_error', 'rate_limit_exceeded']),
  },
  {
    code: 'AGENT_MODEL_REFUSED',
    passes: false,
    applies: (error, status) => status === 400 && says(error, ['content_filter', 'content_policy_violation']),
  },
  {
    code: 'AGENT_MODEL_UNAVAILABLE',
    passes: true,
    applies: (error, status) =>
      status === 408 ||
      status === 409 ||
      (status !== undefined && status >= 500) ||
      says(error, ['overloaded_error', 'api_error', 'server_error']),
  },
  // The connection broke while a good answer was on its way.
  {
    code: 'AGENT_MODEL_INTERRUPTED',
    passes: true,
    applies: (error, status) =>
      chainOf(error).some((one) => one instanceof InterruptedAnswer || hasNoEnd(one)) ||
      (!isFailed(status) && broke(error, status)),
  },
  { code: 'AGENT_MODEL_UNAVAILABLE', passes: true, applies: isOfNetwork },
]

function isFailed(status: number | undefined): status is number {
  return status !== undefined && status >= 400
}

/** An answer had begun: there is a status, or undici says that the body ended early. */
function broke(error: unknown, status: number | undefined): boolean {
  if (!isOfNetwork(error)) return false
  return status !== undefined || chainOf(error).some((one) => one instanceof TypeError && one.message === 'terminated')
}

/** The package for compatible servers notices by itself that a stream has no end. */
function hasNoEnd({ name, message }: Readonly<Record<string, unknown>>): boolean {
  return name === 'AI_InvalidResponseDataError' && String(message).includes('without a finish reason')
}

const networkCode = /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|UND_ERR_)/

function isOfNetwork(error: unknown): boolean {
  return chainOf(error).some((one) => typeof one['code'] === 'string' && networkCode.test(one['code']))
}

/** Providers name the kind of a failure in `type` or `code`, at different depths. */
function says(error: unknown, words: readonly string[]): boolean {
  return chainOf(error).some((one) => words.some((word) => word === one['type'] || word === one['code']))
}

/** The error with everything inside it that may name the reason: causes, parsed answers, the last of several attempts. */
function chainOf(error: unknown, depth = 0): Readonly<Record<string, unknown>>[] {
  if (!isRecord(error) || depth > 5) return []
  const inner = ['cause', 'lastError', 'data', 'error', 'innererror'].map((key) => error[key])
  return [error, ...inner.flatMap((one) => chainOf(one, depth + 1))]
}

function answerOf(error: unknown): Pick<ModelFailure, 'status' | 'headers'> {
  const answered = chainOf(error).find((one) => typeof one['statusCode'] === 'number')
  const { statusCode, responseHeaders } = answered ?? {}
  const headers = isRecord(responseHeaders) ? Object.entries(responseHeaders) : []
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
  }
}

function reasonOf(error: unknown): string {
  const last = isRecord(error) && isRecord(error['lastError']) ? error['lastError'] : error
  if (isRecord(last) && typeof last['message'] === 'string') return last['message']
  return typeof last === 'string' ? last : 'no reason given'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
