import { CommanderError } from 'commander'
import { buildProgram } from './build-program.js'
import type { CliInput } from './cli-input.js'
import { exitCodes } from './exit-codes.js'
import type { ExitCode } from './exit-codes.js'
import { reportError } from './report-error.js'
import { Terminal } from './terminal.js'

/**
 * Runs the command line that `argv` names (without the program itself) and answers with the exit code; it never
 * rejects. Output, signals and settings come from `input` alone.
 */
export async function runCli(argv: readonly string[], input: CliInput): Promise<ExitCode> {
  const terminal = new Terminal(input)
  const signal = AbortSignal.any([input.signal, terminal.closed])
  let exitCode: ExitCode = exitCodes.ok
  const program = buildProgram({
    terminal,
    version: input.version,
    context: { input, terminal, signal },
    onExit: (code) => {
      exitCode = code
    },
  })
  try {
    await program.parseAsync(normalizeArguments(argv), { from: 'user' })
  } catch (error) {
    exitCode = await exitCodeOf(error, argv, terminal)
  }
  await terminal.flush()
  await terminal.release()
  return exitCodeAfterSignal(exitCode, input, terminal)
}

/** `fs-agent help X` is `fs-agent X --help`, and no arguments at all ask for help as well. */
function normalizeArguments(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
}

async function exitCodeOf(error: unknown, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
  if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage
  return reportError(error, { json: asksForJson(argv), terminal })
}

/** Whoever interrupts is told so; whoever only stopped reading (`| head -1`) has what they wanted. */
function exitCodeAfterSignal(code: ExitCode, input: CliInput, terminal: Terminal): ExitCode {
  if (input.signal.aborted) return exitCodes.interrupted
  return terminal.closed.aborted && code === exitCodes.interrupted ? exitCodes.ok : code
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}
