import { chatDocument } from '@fsagent/agent'
import type { Agent, AgentEvent, ChatResult } from '@fsagent/agent'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { visibleControls } from '../rendering/visible-controls.js'
import { reportError } from '../report-error.js'
import type { Terminal } from '../terminal.js'
import { toolLine } from './tool-line.js'

/** What the questions of one command share. */
export interface Conversation {
  readonly agent: Agent
  readonly terminal: Terminal
  readonly json: boolean
  /** No tool calls on stderr. */
  readonly quiet: boolean
  /** There is one question only, so that its document may take several lines. */
  readonly single: boolean
  /** Set by the first answer, so that later questions can refer to it. */
  sessionId: string | undefined
}

/** Asks one question: the answer goes to stdout, its tool calls to stderr. */
export async function answerQuestion(
  conversation: Conversation,
  question: string,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { agent, terminal, sessionId, json } = conversation
  const show = new AnswerDisplay(conversation)
  try {
    for await (const event of agent.stream(question, { signal, sessionId })) {
      await show.event(event)
    }
  } catch (error) {
    return reportError(error, { terminal, json, compact: !conversation.single })
  }
  return show.exitCode
}

/** Shows the events of one turn as they come. */
class AnswerDisplay {
  exitCode: ExitCode = exitCodes.ok
  readonly #conversation: Conversation
  readonly #callArguments = new Map<string, Readonly<Record<string, unknown>>>()
  /** What was streamed since the last tool call; only a terminal gets an answer bit by bit. */
  #streamed = ''

  constructor(conversation: Conversation) {
    this.#conversation = conversation
  }

  async event(event: AgentEvent): Promise<void> {
    const { terminal, quiet, json, single } = this.#conversation
    switch (event.type) {
      case 'status':
        return
      case 'tool_call':
        this.#callArguments.set(event.id, event.arguments)
        return this.#endLine()
      case 'tool_result':
        if (!quiet) await terminal.note(toolLine(event.result, this.#callArguments.get(event.id) ?? {}, terminal))
        return
      case 'token':
        if (!json && terminal.stdout.isTTY === true) await this.#stream(event.text)
        return
      case 'done':
        return this.#finish(event.result)
      case 'error':
        this.#conversation.sessionId = event.error.sessionId ?? this.#conversation.sessionId
        this.exitCode = await reportError(event.error, { terminal, json, compact: !single })
    }
  }

  async #stream(text: string): Promise<void> {
    const { terminal } = this.#conversation
    this.#streamed += text
    await terminal.print(terminal.stdout.isTTY === true ? visibleControls(text) : text)
  }

  async #finish(result: ChatResult): Promise<void> {
    const { terminal, json, single } = this.#conversation
    this.#conversation.sessionId = result.sessionId
    if (result.finishReason === 'step-limit') this.exitCode = exitCodes.stepLimit
    if (json) return terminal.printJson(chatDocument(result), { compact: !single })
    if (this.#streamed === '') await this.#stream(result.text)
    await this.#endLine()
  }

  async #endLine(): Promise<void> {
    if (this.#streamed !== '' && !this.#streamed.endsWith('\n')) await this.#conversation.terminal.print('\n')
    this.#streamed = ''
  }
}
