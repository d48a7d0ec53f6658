import type { ModelMessage } from 'ai'

/** Gives messages as JSON in the shape that OpenTelemetry's conventions give them. */
export function describedMessages(messages: readonly ModelMessage[]): string {
  return JSON.stringify(messages.map(({ role, content }) => ({ role, parts: partsOf(content) })))
}

function partsOf(content: ModelMessage['content']): unknown[] {
  if (typeof content === 'string') return [{ type: 'text', content }]
  return content.map((part) => {
    if (part.type === 'text' || part.type === 'reasoning') return { type: part.type, content: part.text }
    if (part.type === 'tool-call') {
      return { type: 'tool_call', id: part.toolCallId, name: part.toolName, arguments: part.input }
    }
    if (part.type === 'tool-result') return { type: 'tool_call_response', id: part.toolCallId, response: part.output }
    return { type: part.type }
  })
}
