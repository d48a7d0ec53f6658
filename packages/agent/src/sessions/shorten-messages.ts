import type { ModelMessage, ToolModelMessage } from 'ai'
import { sliceBytes } from '../output/cut-line.js'

/** Most bytes of one tool result that a session keeps. */
const keptBytes = 51_200

/**
 * Gives messages as a session keeps them: a later turn can look again at what was large, and results that only the
 * planner reads, which looks at its own turn alone, are not kept as data.
 */
export function shortenMessages(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  return messages.map((message) =>
    message.role === 'tool' ? { ...message, content: message.content.map(shortenPart) } : message,
  )
}

type ToolPart = ToolModelMessage['content'][number]

function shortenPart(part: ToolPart): ToolPart {
  if (part.type !== 'tool-result') return part
  const { output } = part
  if (output.type === 'json') return { ...part, output: textOutput(output.value) }
  if (output.type !== 'text') return part
  return { ...part, output: { type: 'text', value: shortened(output.value) } }
}

function shortened(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes <= keptBytes) return text
  const kept = withFenceClosed(sliceBytes(text, keptBytes))
  return `${kept}\n[${bytes - keptBytes} more bytes were not kept.]`
}

/** Without its last line the fence around file text would be open, and all that follows would count as data. */
function withFenceClosed(text: string): string {
  const token = /^<data (\S+)>\n/.exec(text)?.[1]
  return token === undefined || text.includes(`\n</data ${token}>`) ? text : `${text}\n</data ${token}>`
}

/** A result that was data, as a language model would have got it. */
function textOutput(value: unknown): { readonly type: 'text' | 'error-text'; readonly value: string } {
  if (typeof value !== 'object' || value === null) return { type: 'text', value: JSON.stringify(value) ?? '' }
  if ('error' in value && isFailure(value.error)) {
    return { type: 'error-text', value: `${value.error.code}: ${value.error.message}` }
  }
  const text = 'text' in value && typeof value.text === 'string' ? value.text : JSON.stringify(value)
  return { type: 'text', value: shortened(text) }
}

function isFailure(error: unknown): error is { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return false
  return typeof error.code === 'string' && typeof error.message === 'string'
}
