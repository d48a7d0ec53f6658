import { createHash } from 'node:crypto'
import type { LanguageModelV3Content, LanguageModelV3GenerateResult, LanguageModelV3Prompt } from '@ai-sdk/provider'
import type { NextMove } from './run-plan.js'

/** Gives a move as the result of a model call; the usage is none, because no tokens are paid for. */
export function toResult(move: NextMove, prompt: LanguageModelV3Prompt): LanguageModelV3GenerateResult {
  const content: LanguageModelV3Content[] =
    move.kind === 'answer'
      ? [{ type: 'text', text: move.text }]
      : move.requests.map((request, index) => ({
          type: 'tool-call',
          toolCallId: `${promptDigest(prompt)}-${String(move.step)}-${String(index)}`,
          toolName: request.tool,
          input: JSON.stringify(request.arguments),
        }))
  return {
    content,
    finishReason: { unified: move.kind === 'answer' ? 'stop' : 'tool-calls', raw: undefined },
    usage: {
      inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 0, text: 0, reasoning: 0 },
    },
    warnings: [],
  }
}

/** Call ids must be unique in a conversation and the same when the same prompt is asked again. */
function promptDigest(prompt: LanguageModelV3Prompt): string {
  const position = `${String(prompt.length)} ${JSON.stringify(prompt.findLast((message) => message.role === 'user') ?? '')}`
  return createHash('sha256').update(position).digest('base64url').slice(0, 12)
}
