/** The codes of {@link AgentError}; the README says what each means and what to do. */
export type AgentErrorCode =
  | 'AGENT_MODEL_FAILED'
  | 'AGENT_MODEL_UNAUTHORIZED'
  | 'AGENT_MODEL_NOT_FOUND'
  | 'AGENT_MODEL_RATE_LIMITED'
  | 'AGENT_MODEL_UNCONFIGURED'
  | 'AGENT_ABORTED'
  | 'AGENT_CLOSED'
  | 'AGENT_MESSAGE_EMPTY'
  | 'AGENT_SESSION_INVALID'
  | 'DOTENV_UNREADABLE'

/** A failure of the agent itself; what fails inside a tool is part of that tool's result instead. */
export class AgentError extends Error {
  override readonly name = 'AgentError'
  /** A stable code that does not change within a major version. */
  readonly code: AgentErrorCode

  constructor(code: AgentErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
