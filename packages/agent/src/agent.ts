import { setMaxListeners } from 'node:events'
import type { Clock } from '@fsagent/cache-core'
import type { CacheManager } from '@fsagent/cache-manager'
import type { AgentEvent } from './agent-event.js'
import { AgentError } from './agent-error.js'
import type { AgentModel } from './agent-options.js'
import type { ChatResult } from './chat-result.js'
import { linkedSignal } from './loop/linked-signal.js'
import { chooseModel, type ModelChoice } from './models/choose-model.js'
import { ModelSource } from './models/model-source.js'
import {
  sessionDocument,
  sessionSummary,
  type SessionDocument,
  type SessionSummary,
} from './sessions/session-document.js'
import { sessionIdFor, sessionNotFound } from './sessions/session-id.js'
import { SessionLocks } from './sessions/session-locks.js'
import type { SessionStore } from './sessions/session-store.js'
import type { Settings } from './settings/settings-table.js'
import type { StatisticsDocument } from './statistics.js'
import type { LegacyTools } from './tools/legacy-tools.js'
import type { ToolRunner } from './tools/tool-runner.js'
import type { ToolDefinition, ToolResult } from './tools/tool-result.js'
import { toolDefinitions } from './tools/tool-table.js'

/** What an agent is made of; it closes the manager. */
export interface AgentParts {
  readonly settings: Settings
  readonly model: AgentModel | undefined
  readonly manager: CacheManager
  readonly runner: ToolRunner
  readonly legacyTools: LegacyTools | undefined
  readonly sessions: SessionStore
  readonly clock: Clock
}

/** How a turn is run. */
export interface ChatOptions {
  /** Continues this session; without it a new one begins. */
  readonly sessionId?: string | undefined
  /** Ends the model, the tools and their child processes. */
  readonly signal?: AbortSignal | undefined
}

/** Answers questions about the files below a data root, and runs the tools that it does so with. */
export class Agent implements AsyncDisposable {
  /** The tools, as models, command lines and clients see them. */
  readonly tools: readonly ToolDefinition[] = toolDefinitions
  readonly settings: Settings
  readonly #parts: AgentParts
  readonly #models: ModelSource
  readonly #locks = new SessionLocks()
  readonly #closing = new AbortController()
  #closed: Promise<void> | undefined

  /** Use `createAgent()`. */
  constructor(parts: AgentParts) {
    this.#parts = parts
    this.settings = parts.settings
    this.#models = new ModelSource(parts.settings, parts.model)
    // Every call that runs listens to it until it ends: many listeners are no leak.
    setMaxListeners(0, this.#closing.signal)
  }

  /** The v3 cache, `undefined` when it is off. */
  get cacheManager(): CacheManager | undefined {
    return this.settings.useNewCache ? this.#parts.manager : undefined
  }

  /** Which model answers, and why that one. */
  get modelChoice(): ModelChoice | { readonly provider: 'custom'; readonly modelId: string; readonly reason: string } {
    const { model } = this.#parts
    if (model === undefined) return chooseModel(this.settings)
    return { provider: 'custom', modelId: model.modelId, reason: 'it was passed as an option' }
  }

  /**
   * Answers a question in one piece.
   *
   * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`, `AGENT_CLOSED`, `AGENT_MESSAGE_EMPTY`, `AGENT_SESSION_INVALID`
   */
  async chat(message: string, options: ChatOptions = {}): Promise<ChatResult> {
    let result: ChatResult | undefined
    for await (const event of this.#turn(message, options, false)) if (event.type === 'done') result = event.result
    if (result === undefined) throw new TypeError('Cannot give answer: the turn ended without one')
    return result
  }

  /**
   * Answers a question and tells what happens meanwhile; failures are the last event instead of an exception.
   *
   * Leaving the loop early ends the turn; nothing of it is kept then.
   */
  async *stream(message: string, options: ChatOptions = {}): AsyncGenerator<AgentEvent, void, undefined> {
    try {
      yield* this.#turn(message, options, true)
    } catch (error) {
      if (!(error instanceof AgentError)) throw error
      yield { type: 'error', error }
    }
  }

  /**
   * Runs one tool by name with JSON arguments; what fails is part of the result.
   *
   * @throws AgentError `AGENT_CLOSED`
   */
  async runTool(
    name: string,
    toolArguments: unknown = {},
    options: Pick<ChatOptions, 'signal'> = {},
  ): Promise<ToolResult> {
    this.#mustBeOpen()
    using linked = linkedSignal([this.#closing.signal, options.signal])
    return await this.#run(name, toolArguments, linked.signal)
  }

  /** What both caches hold and how they did. */
  getCacheStats(): StatisticsDocument {
    const { legacyTools, manager } = this.#parts
    return { old_cache: legacyTools?.stats() ?? { enabled: false }, new_cache: manager.stats() }
  }

  /** Empties both caches; answers how many entries of the v3 cache there were. Sessions stay. */
  async clearCaches(): Promise<number> {
    this.#mustBeOpen()
    this.#parts.legacyTools?.clear()
    return this.#parts.manager.clearAll()
  }

  /** Gives the sessions that are not over, the one that was used last first. */
  async listSessions(options: Pick<ChatOptions, 'signal'> = {}): Promise<readonly SessionSummary[]> {
    this.#mustBeOpen()
    const summaries: SessionSummary[] = []
    for await (const session of this.#parts.sessions.all(options.signal)) summaries.push(sessionSummary(session))
    return summaries.toSorted((left, right) => (right.saved_at ?? '').localeCompare(left.saved_at ?? ''))
  }

  /**
   * Gives a session with its messages, also the tool calls and what they came to.
   *
   * @throws AgentError `AGENT_SESSION_NOT_FOUND`, `AGENT_SESSION_INVALID`, `AGENT_CLOSED`
   */
  async exportSession(sessionId: string): Promise<SessionDocument> {
    this.#mustBeOpen()
    const session = await this.#parts.sessions.load(sessionIdFor(sessionId))
    if (session === undefined) throw sessionNotFound(sessionId)
    return sessionDocument(session)
  }

  /**
   * Forgets a session once the turns in it have ended.
   *
   * @throws AgentError `AGENT_SESSION_NOT_FOUND`, `AGENT_SESSION_INVALID`, `AGENT_ABORTED`, `AGENT_CLOSED`
   */
  async deleteSession(sessionId: string, options: Pick<ChatOptions, 'signal'> = {}): Promise<void> {
    this.#mustBeOpen()
    using linked = linkedSignal([this.#closing.signal, options.signal])
    using _turn = await this.#locks.acquire(sessionIdFor(sessionId), linked.signal)
    if (!(await this.#parts.sessions.delete(sessionId))) throw sessionNotFound(sessionId)
  }

  /** Ends running turns and closes the caches; again is harmless. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#closed ??= this.#parts.manager.close()
    return this.#closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async *#turn(message: string, options: ChatOptions, streams: boolean): AsyncGenerator<AgentEvent, void, undefined> {
    this.#mustBeOpen()
    using linked = linkedSignal([this.#closing.signal, options.signal])
    const { manager, sessions, settings, clock } = this.#parts
    // Loaded late: whoever runs single tools never pays for it.
    const { conversationTurn } = await import('./loop/conversation-turn.js')
    yield* conversationTurn(
      { message, sessionId: options.sessionId, streams, signal: linked.signal },
      {
        manager,
        sessions,
        settings,
        clock,
        models: this.#models,
        locks: this.#locks,
        tools: this.tools,
        run: async (name, input, signal) => this.#run(name, input, signal),
      },
    )
  }

  async #run(name: string, toolArguments: unknown, signal: AbortSignal): Promise<ToolResult> {
    return (this.#parts.legacyTools ?? this.#parts.runner).run(name, toolArguments, signal)
  }

  #mustBeOpen(): void {
    if (this.#closed !== undefined) throw new AgentError('AGENT_CLOSED', 'Cannot use agent: it is closed')
  }
}
