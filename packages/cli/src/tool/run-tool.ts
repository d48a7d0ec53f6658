import type { ToolFailure, ToolResult } from '@fsagent/agent'
import { openOneCallTools } from '@fsagent/agent/tools'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodeOfErrorCode } from '../error-codes.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { warningLine } from '../rendering/warning-line.js'
import { errorLine } from '../report-error.js'
import type { Terminal } from '../terminal.js'
import { printToolResult } from './print-tool-result.js'
import { toolArguments } from './tool-arguments.js'
import type { ToolOnCommandLine } from './tool-arguments.js'
import { describeUnreadable, unreadablePaths } from './unreadable-paths.js'

/** Runs one tool and prints its text byte for byte, or its structured result. */
export async function runTool(tool: ToolOnCommandLine, context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context
  const toolCall = toolArguments(tool, context)
  await using tools = await openOneCallTools({
    settings: await readSettings(context),
    onWarning: (warning) => terminal.queue('stderr', warningLine(warning, terminal)),
  })
  const result = await tools.run(tool.name, toolCall, { signal })
  if (options['json'] === true) await terminal.printJson(result)
  else await printToolResult(result, terminal)
  if (result.error !== null) return showFailure(result.error, terminal)
  const exitCode = await showUnreadable(result, terminal)
  await tools.settle({ signal })
  return exitCode
}

async function showUnreadable(result: ToolResult, terminal: Terminal): Promise<ExitCode> {
  const unreadable = unreadablePaths(result)
  if (unreadable.length === 0) return exitCodes.ok
  const message = describeUnreadable(unreadable)
  await terminal.note(errorLine({ error: 'PERMISSION_DENIED', message }, terminal))
  return exitCodes.partial
}

async function showFailure({ code, message }: ToolFailure, terminal: Terminal): Promise<ExitCode> {
  if (!terminal.closed.aborted) await terminal.note(errorLine({ error: code, message }, terminal))
  return exitCodeOfErrorCode(code)
}
