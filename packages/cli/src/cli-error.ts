/** The codes of errors that the command line itself raises. */
export type CliErrorCode =
  | 'CLI_UNKNOWN_COMMAND'
  | 'CLI_UNKNOWN_OPTION'
  | 'TOOL_UNKNOWN'
  | 'CLI_MISSING_ARGUMENT'
  | 'CLI_TOO_MANY_ARGUMENTS'
  | 'CLI_INVALID_VALUE'
  | 'CLI_CONFIRMATION_REQUIRED'
  | 'CLI_CACHE_OFF'
  | 'CLI_CACHE_UNAVAILABLE'
  | 'CLI_OUTPUT_FAILED'
  | 'CLI_INTERRUPTED'

/** An error of the command line itself, as opposed to one of the agent or of a cache below it. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: CliErrorCode

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
