/** The codes of {@link AgentError}; the README says what each means and what to do. */
export type AgentErrorCode =
  | 'AGENT_MODEL_FAILED'
  | 'AGENT_MODEL_UNAUTHORIZED'
  | 'AGENT_MODEL_NOT_FOUND'
  | 'AGENT_MODEL_RATE_LIMITED'
  | 'AGENT_MODEL_UNAVAILABLE'
  | 'AGENT_MODEL_INTERRUPTED'
  | 'AGENT_MODEL_TIMEOUT'
  | 'AGENT_MODEL_REFUSED'
  | 'AGENT_MODEL_UNCONFIGURED'
  | 'AGENT_ABORTED'
  | 'AGENT_CLOSED'
  | 'AGENT_MESSAGE_EMPTY'
  | 'AGENT_SESSION_INVALID'
  | 'AGENT_SESSION_NOT_FOUND'
  | 'DOTENV_UNREADABLE'
  | 'WORKING_DIRECTORY_GONE'

/** What else is known about a failure. */
export interface AgentErrorOptions {
  readonly cause?: unknown
  readonly sessionId?: string | undefined
}

/** A failure of the agent itself; what fails inside a tool is part of that tool's result instead. */
export class AgentError extends Error {
  override readonly name = 'AgentError'
  /** A stable code that does not change within a major version. */
  readonly code: AgentErrorCode
  /** The session that a failed turn belongs to; it keeps the question, so that it can go on. */
  readonly sessionId: string | undefined

  constructor(code: AgentErrorCode, message: string, { sessionId, ...options }: AgentErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.sessionId = sessionId
  }
}
