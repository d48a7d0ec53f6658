import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV3GenerateResult } from '@ai-sdk/provider'
import { readConversation } from './conversation.js'
import { chooseIntent } from './intent/choose-intent.js'
import { resultStream } from './result-stream.js'
import { runPlan } from './run-plan.js'
import type { NextMove } from './run-plan.js'
import { toResult } from './to-result.js'

/** Settings of the planner. */
export interface PlannerOptions {
  /** Steps with tool calls after which it answers from what it has; 9 by default, below the loop's limit of 10. */
  readonly maxSteps?: number
}

const DEFAULT_STEPS = 9
/** Said before an answer that had to do without tools. */
const PARTIAL = 'I could call no further tools, so this answer may be incomplete.'

/** Said at the end of the first answer of a conversation. */
export const PLANNER_NOTICE =
  '(I am the built-in planner, not a language model: I search the files and quote them, word for word.)'

/**
 * Creates the embedded model: it turns questions into tool calls by rules and answers only with what the tools gave,
 * each claim with its `path:line`. It has no network, no key and no state; everything lies in the messages.
 */
export function createPlanner(options: PlannerOptions = {}): LanguageModelV3 {
  const maxSteps = options.maxSteps ?? DEFAULT_STEPS
  const generate = (call: LanguageModelV3CallOptions): LanguageModelV3GenerateResult => {
    call.abortSignal?.throwIfAborted()
    return toResult(nextMove(call, maxSteps), call.prompt)
  }
  return {
    specificationVersion: 'v3',
    provider: 'fsagent',
    modelId: 'planner',
    supportedUrls: {},
    doGenerate: async (call) => generate(call),
    doStream: async (call) => ({ stream: resultStream(generate(call)) }),
  }
}

function nextMove(call: LanguageModelV3CallOptions, maxSteps: number): NextMove {
  const conversation = readConversation(call.prompt)
  const offered = call.toolChoice?.type === 'none' ? [] : (call.tools ?? [])
  const move = runPlan(chooseIntent(conversation).plan(), {
    recorded: conversation.recorded,
    available: new Set(offered.map((tool) => tool.name)),
    maxSteps,
  })
  if (move.kind === 'calls') return move
  const isFirst = conversation.answers.length === 0
  const text = [move.isPartial ? PARTIAL : '', move.text, isFirst ? PLANNER_NOTICE : ''].filter((part) => part !== '')
  return { ...move, text: text.join('\n\n') }
}
