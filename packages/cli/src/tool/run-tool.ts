import { openAgentWithoutModel } from '../agent/open-agent.js'
import type { CommandContext } from '../command.js'
import { exitCodeOfErrorCode } from '../error-codes.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { errorLine } from '../report-error.js'
import { printToolResult } from './print-tool-result.js'
import { toolArguments } from './tool-arguments.js'
import type { ToolOnCommandLine } from './tool-arguments.js'

/** Runs one tool and prints its text byte for byte, or its structured result. */
export async function runTool(tool: ToolOnCommandLine, context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context
  const toolCall = toolArguments(tool, context)
  await using agent = await openAgentWithoutModel(context)
  const result = await agent.runTool(tool.name, toolCall, { signal })
  if (options['json'] === true) await terminal.printJson(result)
  else await printToolResult(result, terminal)
  if (result.error === null) return exitCodes.ok
  if (!signal.aborted) {
    await terminal.note(errorLine({ error: result.error.code, message: result.error.message }, terminal))
  }
  return exitCodeOfErrorCode(result.error.code)
}
