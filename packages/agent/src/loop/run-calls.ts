import type { ToolModelMessage } from 'ai'
import pLimit from 'p-limit'
import { AgentError } from '../agent-error.js'
import { failedResult } from '../tools/tool-runner.js'
import type { ToolResult } from '../tools/tool-result.js'
import type { RequestedCall } from './ask-model.js'
import { toolOutputText } from './tool-output.js'

/** How tools are called in a turn. */
export interface CallTools {
  readonly run: (call: RequestedCall, signal: AbortSignal) => Promise<ToolResult>
  /** How many run at a time. */
  readonly concurrency: number
  /** Whether the model reads results as data (the planner) or as text (language models). */
  readonly structured: boolean
  /** Most bytes of one result that a language model gets to see. */
  readonly maxOutputBytes: number
}

/** A tool call of the model and what came of it. */
export interface FinishedCall {
  readonly call: RequestedCall
  readonly result: ToolResult
}

/** Starts every call of a step, a few at a time; gives their results in the order asked for. */
export function startCalls(
  calls: readonly RequestedCall[],
  { run, concurrency }: CallTools,
  signal: AbortSignal,
): readonly Promise<FinishedCall>[] {
  const limit = pLimit(concurrency)
  return calls.map(async (call) => ({ call, result: await limit(async () => runAlone(call, run, signal)) }))
}

/** A mistake in one tool must not take the others' answers away. */
async function runAlone(call: RequestedCall, run: CallTools['run'], signal: AbortSignal): Promise<ToolResult> {
  try {
    return await run(call, signal)
  } catch (error) {
    if (error instanceof AgentError) throw error
    const reason = error instanceof Error ? error.name : typeof error
    const failure = { code: 'TOOL_FAILED', message: `Cannot run tool "${call.name}": unexpected ${reason}` }
    return failedResult({ tool: call.name, arguments: argumentsOf(call) }, failure)
  }
}

/** Gives the arguments of a call as a record; what is not one is left out here and refused by the tool. */
export function argumentsOf({ input }: RequestedCall): Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : {}
}

/** Gives the message that tells the model what its calls came to. */
export function toolMessage(finished: readonly FinishedCall[], callTools: CallTools): ToolModelMessage {
  return {
    role: 'tool',
    content: finished.map(({ call, result }) => ({
      type: 'tool-result',
      toolCallId: call.id,
      toolName: call.name,
      output: outputOf(result, callTools),
    })),
  }
}

type ToolOutput = Extract<ToolModelMessage['content'][number], { type: 'tool-result' }>['output']

function outputOf(result: ToolResult, { structured, maxOutputBytes }: CallTools): ToolOutput {
  if (structured) return { type: 'json', value: JSON.parse(JSON.stringify(result)) }
  return { type: result.ok ? 'text' : 'error-text', value: toolOutputText(result, maxOutputBytes) }
}
