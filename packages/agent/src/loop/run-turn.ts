import type { ModelMessage, ToolSet } from 'ai'
import type { AgentEvent } from '../agent-event.js'
import type { AgentModel } from '../agent-options.js'
import type { FinishReason } from '../chat-result.js'
import type { ModelReply } from './ask-model.js'
import { askWithRetries, type Patience } from './ask-with-retries.js'
import type { TurnTelemetry } from '../telemetry/turn-telemetry.js'
import { abortError } from './model-error.js'
import { argumentsOf, startCalls, type CallTools, type FinishedCall } from './run-calls.js'
import type { TurnRecord } from './turn-record.js'

/** Everything one turn needs. */
export interface Turn {
  readonly model: AgentModel
  readonly system: string
  /** The messages of the session so far, then the user's. */
  readonly messages: readonly ModelMessage[]
  readonly tools: ToolSet
  /** The names of the tools that are offered in a step. */
  readonly offered: (step: number) => readonly string[]
  readonly callTools: CallTools
  /** How often the model may ask for tools. */
  readonly maxSteps: number
  readonly patience: Patience
  readonly streams: boolean
  readonly signal: AbortSignal
  /** What comes of the turn, also when it fails. */
  readonly record: TurnRecord
  readonly telemetry: TurnTelemetry
}

/** How a turn ended. */
export interface TurnEnd {
  readonly text: string
  readonly finishReason: FinishReason
}

const lastWord = 'You have used up your tool calls. Answer now from what you have, and say what is missing.'

/**
 * Lets the model ask for tools until it answers; at the step limit it is asked once more, without tools.
 *
 * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`
 */
export async function* runTurn(turn: Turn): AsyncGenerator<AgentEvent, TurnEnd> {
  const { record, maxSteps } = turn
  for (let step = 1; ; step += 1) {
    const atLimit = step > maxSteps
    record.beginStep()
    yield { type: 'status', status: atLimit ? 'answering' : 'thinking', step }
    const reply = yield* askOnce(turn, step)
    record.addReply(reply)
    if (atLimit || reply.calls.length === 0) {
      const text = reply.text === '' ? noAnswer(reply, turn, atLimit) : reply.text
      record.end(text)
      return { text, finishReason: finishReason(reply, atLimit) }
    }
    record.addCalls(reply, yield* runStep(turn, reply), turn.callTools)
  }
}

async function* askOnce(turn: Turn, step: number): AsyncGenerator<AgentEvent, ModelReply> {
  const { model, signal, streams, record } = turn
  const atLimit = step > turn.maxSteps
  // Anthropic refuses a history with tool calls when no tools are described.
  const describeTools = !atLimit || model.provider.startsWith('anthropic')
  const request = {
    model,
    system: atLimit ? `${turn.system}\n\n${lastWord}` : turn.system,
    messages: [...turn.messages, ...record.messages],
    tools: describeTools ? offeredTools(turn, step) : undefined,
    forbidTools: atLimit && describeTools,
    streams,
    signal,
  }
  using span = turn.telemetry.chat(request)
  const events = askWithRetries(request, turn.patience)
  try {
    for (;;) {
      const next = await span.within(async () => events.next())
      if (next.done === true) {
        span.done(next.value)
        return next.value
      }
      if (next.value.type === 'token') {
        record.addText(next.value.text)
        yield next.value
      } else yield { type: 'status', status: 'retrying', step }
    }
  } catch (error) {
    span.fail(error)
    throw error
  }
}

function offeredTools({ tools, offered }: Turn, step: number): ToolSet {
  const names = new Set(offered(step))
  return Object.fromEntries(Object.entries(tools).filter(([name]) => names.has(name)))
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
  if (turn.signal.aborted) throw abortError(turn.signal.reason)
  return finished
}

function finishReason(reply: ModelReply, atLimit: boolean): FinishReason {
  if (atLimit) return 'step-limit'
  const reasons: readonly FinishReason[] = ['stop', 'length', 'content-filter']
  return reasons.find((reason) => reason === reply.finishReason) ?? 'other'
}

/** A turn without a word would look like a fault of ours. */
function noAnswer(reply: ModelReply, { maxSteps }: Turn, atLimit: boolean): string {
  if (atLimit) return `I could not finish within ${maxSteps} steps, and the model gave no answer from what was found.`
  if (reply.finishReason === 'content-filter') return 'The model refused to answer this.'
  return reply.finishReason === 'length'
    ? 'The model ran out of room before it said anything.'
    : 'The model said nothing.'
}
