import { relative, sep } from 'node:path'
import type { Clock } from '@fsagent/cache-core'
import type { CacheManager } from '@fsagent/cache-manager'
import type { ModelMessage, ToolSet } from 'ai'
import type { AgentEvent } from '../agent-event.js'
import { AgentError } from '../agent-error.js'
import type { ModelSource, TurnModel } from '../models/model-source.js'
import { sessionIdFor } from '../sessions/session-id.js'
import type { SessionLocks } from '../sessions/session-locks.js'
import type { SessionStore } from '../sessions/session-store.js'
import type { Settings } from '../settings/settings-table.js'
import { TurnTelemetry } from '../telemetry/turn-telemetry.js'
import type { ToolDefinition, ToolResult } from '../tools/tool-result.js'
import { chooseTools } from './choose-tools.js'
import { citationsOf } from './citations.js'
import { loadSdk } from './load-sdk.js'
import { runTurn, type Turn } from './run-turn.js'
import { runWithContext } from './sparse-matches.js'
import { systemPrompt } from './system-prompt.js'
import { TurnRecord } from './turn-record.js'

/** A question and how it is answered. */
export interface Question {
  readonly message: string
  readonly sessionId: string | undefined
  readonly streams: boolean
  readonly signal: AbortSignal
}

/** What an agent answers with. */
export interface Answerer {
  readonly manager: CacheManager
  readonly sessions: SessionStore
  readonly locks: SessionLocks
  readonly models: ModelSource
  readonly settings: Settings
  readonly clock: Clock
  readonly tools: readonly ToolDefinition[]
  readonly run: (name: string, input: unknown, signal: AbortSignal) => Promise<ToolResult>
}

/**
 * Runs one turn of a session: its messages so far, the question, the answer. When the model fails, the session keeps
 * the question, what the tools found and that it failed; a turn that its caller ends leaves no trace.
 *
 * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`, `AGENT_MESSAGE_EMPTY`, `AGENT_SESSION_INVALID`
 */
export async function* conversationTurn(
  question: Question,
  answerer: Answerer,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { message, signal } = question
  if (message.trim() === '') throw new AgentError('AGENT_MESSAGE_EMPTY', 'Cannot answer message "": it is empty')
  const sessionId = sessionIdFor(question.sessionId)
  const { sessions } = answerer
  using _turn = await answerer.locks.acquire(sessionId, signal)
  const start = await sessions.begin(sessionId)
  const asked: ModelMessage = { role: 'user', content: message }
  const messages = [...start.messages, asked]
  const turnModel = await answerer.models.forTurn(callIdsIn(messages))
  const record = new TurnRecord()
  using telemetry = new TurnTelemetry({
    ...namesOf(turnModel),
    sessionId,
    recordsContent: answerer.settings.telemetryContent,
  })
  try {
    const common = {
      messages,
      record,
      telemetry,
      streams: question.streams,
      signal,
      offered: (step: number) => offeredNames(answerer, message, step),
    }
    const { text, finishReason } = yield* runTurn({ ...(await partsOf(answerer, turnModel, telemetry)), ...common })
    telemetry.end(record, finishReason)
    await sessions.append(sessionId, { start, messages: [asked, ...record.messages] })
    const { steps, calls, usage, cache } = record
    const citations = citationsOf(text, calls)
    yield { type: 'done', result: { text, steps, toolCalls: calls, usage, cache, finishReason, citations, sessionId } }
  } catch (error) {
    telemetry.end(record, undefined)
    telemetry.fail(error)
    if (!(error instanceof AgentError) || !error.code.startsWith('AGENT_MODEL_')) throw error
    record.fail(error.code)
    await sessions.append(sessionId, { start, messages: [asked, ...record.messages] })
    throw new AgentError(error.code, error.message, { cause: error.cause, sessionId })
  }
}

type TurnParts = Omit<Turn, 'messages' | 'record' | 'telemetry' | 'streams' | 'signal' | 'offered'>

async function partsOf(
  { manager, settings, clock, tools, run }: Answerer,
  { model, structured, maxRetries, secrets }: TurnModel,
  telemetry: TurnTelemetry,
): Promise<TurnParts> {
  return {
    model,
    system: systemPrompt(manager.root, cacheInside(manager, settings)),
    tools: await describedTools(tools),
    callTools: {
      run: async (call, signal) =>
        telemetry.tool(call, async () => {
          const runTool = async (input: unknown): Promise<ToolResult> => run(call.name, input, signal)
          // The planner counts matches and quotes them by itself.
          return structured ? runTool(call.input) : runWithContext(call, runTool)
        }),
      concurrency: settings.parallelExecution ? settings.maxConcurrentTools : 1,
      structured,
      maxOutputBytes: settings.maxOutputSize,
    },
    maxSteps: settings.maxToolIterations,
    patience: {
      asked: { name: `${model.provider}/${model.modelId}`, secrets },
      maxRetries,
      silenceMs: settings.modelTimeout * 1000,
      clock,
    },
  }
}

function callIdsIn(messages: readonly ModelMessage[]): string[] {
  return messages.flatMap(({ role, content }) => {
    if (role !== 'assistant' || typeof content === 'string') return []
    return content.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : []))
  })
}

function offeredNames({ tools, settings }: Answerer, question: string, step: number): readonly string[] {
  const names = tools.map(({ name }) => name)
  return settings.lazyTools ? chooseTools(question, step, names) : names
}

/** Models keep their names behind getters, which a spread would lose. */
function namesOf({ model: { provider, modelId } }: TurnModel): { readonly provider: string; readonly modelId: string } {
  return { provider, modelId }
}

/** The tools without a way to run them: the SDK describes and parses, the loop runs. */
async function describedTools(definitions: readonly ToolDefinition[]): Promise<ToolSet> {
  const { jsonSchema } = await loadSdk()
  return Object.fromEntries(
    definitions.map(({ name, description, parameters }) => [
      name,
      { description, inputSchema: jsonSchema(parameters) },
    ]),
  )
}

function cacheInside(manager: CacheManager, { cacheDirectory }: Settings): string[] {
  return [relative(manager.root.path, cacheDirectory).split(sep).join('/')]
}
