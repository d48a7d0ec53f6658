import type { CommandContext } from '../command.js'
import type { ExitCode } from '../exit-codes.js'
export async function runClearCache(_c: CommandContext): Promise<ExitCode> {
  return 1
}
