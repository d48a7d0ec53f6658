import { CommanderError } from 'commander'
import type { CliErrorCode } from './cli-error.js'
import { exitCodeOfErrorCode } from './error-codes.js'
import { exitCodes } from './exit-codes.js'
import type { ExitCode } from './exit-codes.js'
import { oneLine } from './rendering/one-line.js'
import type { Terminal } from './terminal.js'

/** An error as every interface of the product shows it. */
export interface ErrorDocument {
  readonly error: string
  readonly message: string
  readonly details: unknown
}

/** Where and how an error is shown. */
export interface ReportOptions {
  readonly terminal: Terminal
  /** Print the error document to stdout as well. */
  readonly json: boolean
  /** On one line, because one document a line is printed. */
  readonly compact?: boolean
}

/** Shows an error as one line on stderr, and gives the exit code that belongs to it. */
export async function reportError(
  error: unknown,
  { terminal, json, compact = false }: ReportOptions,
): Promise<ExitCode> {
  const document = describeError(error)
  const exitCode = exitCodeOfErrorCode(document.error)
  if (terminal.closed.aborted && exitCode === exitCodes.interrupted) return exitCode
  if (json && document.error !== 'CLI_OUTPUT_FAILED') await terminal.printJson(document, { compact })
  await terminal.note(errorLine(document, terminal))
  return exitCode
}

/** Gives the line that ends up on stderr: `fs-agent: CODE: message`. */
export function errorLine({ error, message }: Pick<ErrorDocument, 'error' | 'message'>, terminal: Terminal): string {
  return `${terminal.errorColors.red('fs-agent:')} ${error}: ${oneLine(message)}`
}

/** Gives an error of any layer as a document. */
export function describeError(error: unknown): ErrorDocument {
  if (error instanceof CommanderError) return describeUsage(error)
  if (!(error instanceof Error)) return { error: 'INTERNAL', message: String(error), details: null }
  if (error.name === 'AbortError') return { error: 'CLI_INTERRUPTED', message: 'Interrupted', details: null }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL'
  return { error: code, message: error.message, details: 'problems' in error ? error.problems : null }
}

const usageCodes: ReadonlyMap<string, CliErrorCode> = new Map([
  ['commander.unknownCommand', 'CLI_UNKNOWN_COMMAND'],
  ['commander.unknownOption', 'CLI_UNKNOWN_OPTION'],
  ['commander.missingArgument', 'CLI_MISSING_ARGUMENT'],
  ['commander.missingMandatoryOptionValue', 'CLI_MISSING_ARGUMENT'],
  ['commander.optionMissingArgument', 'CLI_MISSING_ARGUMENT'],
  ['commander.excessArguments', 'CLI_TOO_MANY_ARGUMENTS'],
])

/** Commander words its messages as `error: unknown option '--x'`; ours say what failed and where help is. */
function describeUsage(error: CommanderError): ErrorDocument {
  const reason = oneLine(error.message.replace(/^error: /, '').replace(/\.$/, ''))
  return {
    error: usageCodes.get(error.code) ?? 'CLI_INVALID_VALUE',
    message: `Cannot read command line: ${reason}; see --help`,
    details: null,
  }
}
