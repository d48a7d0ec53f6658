import type { ModelMessage } from 'ai'

/**
 * Gives the last messages of a conversation, at most so many, beginning with a question: no model accepts the result of
 * a tool call that it cannot see.
 */
export function trimMessages(messages: readonly ModelMessage[], maximum: number): readonly ModelMessage[] {
  if (messages.length <= maximum) return messages
  const earliest = messages.length - maximum
  const start = messages.findIndex((message, index) => index >= earliest && message.role === 'user')
  if (start !== -1) return messages.slice(start)
  // One turn alone is too long: its question and its answer remain.
  const question = messages.findLast(({ role }) => role === 'user')
  const answer = messages.at(-1)
  return [question, answer].filter((message) => message !== undefined)
}
