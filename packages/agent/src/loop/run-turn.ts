import { untilAborted } from '@fsagent/cache-core'
import type { ModelMessage, ToolSet } from 'ai'
import type { AgentEvent } from '../agent-event.js'
import type { AgentModel } from '../agent-options.js'
import type { CalledTool, FinishReason, TokenUsage } from '../chat-result.js'
import { askModel, type ModelReply } from './ask-model.js'
import { modelError } from './model-error.js'
import { argumentsOf, startCalls, toolMessage, type CallTools, type FinishedCall } from './run-calls.js'
import { addUsage, noUsage } from './token-usage.js'

/** Everything one turn needs. */
export interface Turn {
  readonly model: AgentModel
  readonly system: string
  /** The messages of the session so far, then the user's. */
  readonly messages: readonly ModelMessage[]
  readonly tools: ToolSet
  readonly callTools: CallTools
  /** How often the model may ask for tools. */
  readonly maxSteps: number
  readonly maxRetries: number
  readonly streams: boolean
  readonly signal: AbortSignal
}

/** What a turn came to. */
export interface TurnOutcome {
  readonly text: string
  readonly steps: number
  readonly calls: readonly CalledTool[]
  readonly usage: TokenUsage
  readonly finishReason: FinishReason
  /** The messages of the turn without the user's, as the next turn will see them. */
  readonly messages: readonly ModelMessage[]
}

const lastWord = 'You have used up your tool calls. Answer now from what you have, and say what is missing.'

/**
 * Lets the model ask for tools until it answers; at the step limit it is asked once more, without tools.
 *
 * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`
 */
export async function* runTurn(turn: Turn): AsyncGenerator<AgentEvent, TurnOutcome> {
  const added: ModelMessage[] = []
  const calls: CalledTool[] = []
  let usage = noUsage
  for (let step = 1; ; step += 1) {
    const atLimit = step > turn.maxSteps
    yield { type: 'status', status: atLimit ? 'answering' : 'thinking', step }
    const reply = yield* askOnce(turn, added, atLimit)
    usage = addUsage(usage, reply.usage)
    if (atLimit || reply.calls.length === 0) {
      const text = reply.text === '' && atLimit ? noAnswer(turn.maxSteps) : reply.text
      added.push({ role: 'assistant', content: text })
      return { text, steps: step, calls, usage, finishReason: finishReason(reply, atLimit), messages: added }
    }
    const finished = yield* runStep(turn, reply)
    calls.push(...finished.map(({ call, result }) => ({ name: call.name, arguments: result.arguments, result })))
    added.push(...reply.messages, toolMessage(finished, turn.callTools))
  }
}

async function* askOnce(
  turn: Turn,
  added: readonly ModelMessage[],
  atLimit: boolean,
): AsyncGenerator<AgentEvent, ModelReply> {
  const { model, signal, maxRetries, streams, tools } = turn
  // Anthropic refuses a history with tool calls when no tools are described.
  const describeTools = !atLimit || model.provider.startsWith('anthropic')
  const replies = askModel({
    model,
    system: atLimit ? `${turn.system}\n\n${lastWord}` : turn.system,
    messages: [...turn.messages, ...added],
    tools: describeTools ? tools : undefined,
    forbidTools: atLimit && describeTools,
    maxRetries,
    streams,
    signal,
  })
  try {
    for (;;) {
      // A model that does not listen to the signal is left alone with its answer.
      const next = await untilAborted(replies.next(), signal)
      if (next.done === true) return next.value
      yield { type: 'token', text: next.value }
    }
  } catch (error) {
    throw modelError(error, `${model.provider}/${model.modelId}`, signal)
  }
}

async function* runStep(turn: Turn, reply: ModelReply): AsyncGenerator<AgentEvent, FinishedCall[]> {
  for (const call of reply.calls) {
    yield { type: 'tool_call', id: call.id, name: call.name, arguments: argumentsOf(call) }
  }
  const finished: FinishedCall[] = []
  const results = startCalls(reply.calls, turn.callTools, turn.signal)
  // One that is given up on when another rejects must not become an unhandled rejection.
  const settled = Promise.allSettled(results)
  for (const pending of results) {
    const { call, result } = await pending
    finished.push({ call, result })
    yield { type: 'tool_result', id: call.id, name: call.name, result }
  }
  await settled
  if (turn.signal.aborted) throw modelError(turn.signal.reason, turn.model.modelId, turn.signal)
  return finished
}

function finishReason(reply: ModelReply, atLimit: boolean): FinishReason {
  if (atLimit) return 'step-limit'
  const reasons: readonly FinishReason[] = ['stop', 'length', 'content-filter']
  return reasons.find((reason) => reason === reply.finishReason) ?? 'other'
}

function noAnswer(maxSteps: number): string {
  return `I could not finish within ${maxSteps} steps, and the model gave no answer from what was found.`
}
