import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command.js'

/**
 * Checks that there is somebody to ask.
 *
 * @throws CliError `CLI_CONFIRMATION_REQUIRED`
 */
export function requireTerminal({ input }: CommandContext): void {
  if (input.stdin.isTTY === true && input.stderr.isTTY === true) return
  throw new CliError('CLI_CONFIRMATION_REQUIRED', 'Cannot clear cache without a terminal to ask on: use --force')
}

/**
 * Asks a person for a yes on the terminal.
 *
 * @throws CliError `CLI_INTERRUPTED`
 */
export async function confirm({ input, terminal, signal }: CommandContext, question: string): Promise<boolean> {
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({
    message: question,
    initialValue: false,
    input: input.stdin,
    output: terminal.stderr,
    signal,
  })
  if (prompts.isCancel(answer)) throw new CliError('CLI_INTERRUPTED', 'Interrupted')
  return answer
}
