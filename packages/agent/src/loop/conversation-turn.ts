import { relative, sep } from 'node:path'
import type { CacheManager } from '@fsagent/cache-manager'
import type { ModelMessage, ToolSet } from 'ai'
import type { AgentEvent } from '../agent-event.js'
import { AgentError } from '../agent-error.js'
import type { ModelSource } from '../models/model-source.js'
import { sessionIdFor } from '../sessions/session-id.js'
import type { SessionLocks } from '../sessions/session-locks.js'
import type { SessionStore } from '../sessions/session-store.js'
import type { Settings } from '../settings/settings-table.js'
import type { ToolDefinition } from '../tools/tool-result.js'
import { citationsOf } from './citations.js'
import { loadSdk } from './load-sdk.js'
import type { CallTools } from './run-calls.js'
import { runTurn } from './run-turn.js'
import { systemPrompt } from './system-prompt.js'

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
  readonly tools: readonly ToolDefinition[]
  readonly run: CallTools['run']
}

/**
 * Runs one turn of a session: its messages so far, the question, the answer. A turn that fails leaves no trace.
 *
 * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`, `AGENT_MESSAGE_EMPTY`, `AGENT_SESSION_INVALID`
 */
export async function* conversationTurn(
  { message, sessionId: givenId, streams, signal }: Question,
  answerer: Answerer,
): AsyncGenerator<AgentEvent, void, undefined> {
  if (message.trim() === '') throw new AgentError('AGENT_MESSAGE_EMPTY', 'Cannot answer message "": it is empty')
  const sessionId = sessionIdFor(givenId)
  const { sessions, settings, manager, run } = answerer
  const { model, structured, maxRetries } = await answerer.models.forTurn()
  using _turn = await answerer.locks.acquire(sessionId, signal)
  const messages: readonly ModelMessage[] = [...(await sessions.load(sessionId)), { role: 'user', content: message }]
  const concurrency = settings.parallelExecution ? settings.maxConcurrentTools : 1
  const outcome = yield* runTurn({
    model,
    system: systemPrompt(manager.root, cacheInside(manager, settings)),
    messages,
    tools: await describedTools(answerer.tools),
    callTools: { run, concurrency, structured, maxOutputBytes: settings.maxOutputSize },
    maxSteps: settings.maxToolIterations,
    maxRetries,
    streams,
    signal,
  })
  await sessions.save(sessionId, [...messages, ...outcome.messages])
  const { text, steps, calls, usage, finishReason } = outcome
  const result = { text, steps, toolCalls: calls, usage, finishReason, citations: citationsOf(text, calls), sessionId }
  yield { type: 'done', result }
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
