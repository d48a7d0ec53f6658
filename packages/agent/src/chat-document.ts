import type { ChatResult } from './chat-result.js'

/** Gives the outcome of a turn with the names that JSON documents of the product use. */
export function chatDocument(result: ChatResult): Record<string, unknown> {
  return {
    session_id: result.sessionId,
    text: result.text,
    citations: result.citations.map(({ path, line, endLine }) => ({ path, line, end_line: endLine })),
    tool_calls: result.toolCalls,
    steps: result.steps,
    finish_reason: result.finishReason,
    cache: result.cache,
    usage: {
      input_tokens: result.usage.inputTokens,
      output_tokens: result.usage.outputTokens,
      total_tokens: result.usage.totalTokens,
    },
  }
}
