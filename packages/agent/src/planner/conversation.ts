import type { LanguageModelV3Message, LanguageModelV3Prompt, LanguageModelV3ToolResultOutput } from '@ai-sdk/provider'
import { decodeToolResult, failedOutcome } from './decode-tool-result.js'
import type { ToolOutcome } from './decode-tool-result.js'
import type { RecordedStep } from './run-plan.js'

/** What the planner reads out of a prompt. */
export interface Conversation {
  /** The question to answer now. */
  readonly question: string
  /** Questions of earlier turns, oldest first. */
  readonly earlier: readonly string[]
  /** Answers of earlier turns, oldest first. */
  readonly answers: readonly string[]
  /** Steps with tool calls already made in this turn. */
  readonly recorded: readonly RecordedStep[]
}

/** Reads question, history and the steps of the running turn; all state of the planner lies in the messages. */
export function readConversation(prompt: LanguageModelV3Prompt): Conversation {
  const questions: string[] = []
  const answers: string[] = []
  let turnStart = 0
  prompt.forEach((message, index) => {
    if (message.role === 'user') {
      questions.push(textOf(message))
      turnStart = index + 1
    }
    if (message.role === 'assistant') answers.push(textOf(message))
  })
  return {
    question: questions.at(-1) ?? '',
    earlier: questions.slice(0, -1),
    answers: answers.filter((answer) => answer !== ''),
    recorded: recordedSteps(prompt.slice(turnStart)),
  }
}

function recordedSteps(messages: readonly LanguageModelV3Message[]): readonly RecordedStep[] {
  const outcomes = new Map<string, ToolOutcome>()
  for (const message of messages) {
    if (message.role !== 'tool' && message.role !== 'assistant') continue
    for (const part of message.content) {
      if (part.type === 'tool-result') outcomes.set(part.toolCallId, decodeOutput(part.output))
    }
  }
  return messages.flatMap((message) => {
    if (message.role !== 'assistant') return []
    const calls = message.content.flatMap((part) => {
      if (part.type !== 'tool-call') return []
      const outcome = outcomes.get(part.toolCallId) ?? failedOutcome('RESULT_MISSING', 'The tool gave no result')
      return [{ tool: part.toolName, outcome }]
    })
    return calls.length === 0 ? [] : [{ calls }]
  })
}

function decodeOutput(output: LanguageModelV3ToolResultOutput): ToolOutcome {
  switch (output.type) {
    case 'json':
    case 'text':
      return decodeToolResult(output.value)
    case 'error-json':
    case 'error-text':
      return failedOutcome(
        'TOOL_FAILED',
        typeof output.value === 'string' ? output.value : JSON.stringify(output.value),
      )
    case 'execution-denied':
      return failedOutcome('EXECUTION_DENIED', output.reason ?? 'The call was denied')
    case 'content':
      break
  }
  return decodeToolResult(output.value.map((part) => (part.type === 'text' ? part.text : '')).join(''))
}

function textOf(message: LanguageModelV3Message): string {
  if (typeof message.content === 'string') return message.content
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
