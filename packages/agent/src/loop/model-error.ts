import { AgentError, type AgentErrorCode } from '../agent-error.js'

const codeByStatus: ReadonlyMap<number, AgentErrorCode> = new Map([
  [401, 'AGENT_MODEL_UNAUTHORIZED'],
  [403, 'AGENT_MODEL_UNAUTHORIZED'],
  [404, 'AGENT_MODEL_NOT_FOUND'],
  [429, 'AGENT_MODEL_RATE_LIMITED'],
])

/** Gives what a caller gets to see when the model did not answer; the provider's own error is its cause. */
export function modelError(error: unknown, modelName: string, signal: AbortSignal): AgentError {
  if (error instanceof AgentError) return error
  if (signal.aborted) return new AgentError('AGENT_ABORTED', 'Cannot finish turn: it was aborted', { cause: error })
  const last = lastAttempt(error)
  const status = statusOf(last)
  const code = (status === undefined ? undefined : codeByStatus.get(status)) ?? 'AGENT_MODEL_FAILED'
  const reason = last instanceof Error ? last.message : String(last)
  const prefix = status === undefined ? '' : `HTTP ${status}: `
  return new AgentError(code, `Cannot get answer from model "${modelName}": ${prefix}${reason}`, { cause: error })
}

/** The AI SDK wraps what the last of several attempts threw. */
function lastAttempt(error: unknown): unknown {
  return error instanceof Error && 'lastError' in error && error.lastError !== undefined ? error.lastError : error
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
