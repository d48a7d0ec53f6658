import type { LanguageModelV3GenerateResult, LanguageModelV3StreamPart } from '@ai-sdk/provider'

/** Gives a result as a stream: text line by line, tool calls whole; joined, the deltas are the same text. */
export function resultStream(result: LanguageModelV3GenerateResult): ReadableStream<LanguageModelV3StreamPart> {
  const parts = streamParts(result)
  return new ReadableStream({
    pull(controller) {
      const next = parts.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
  })
}

function* streamParts({
  content,
  finishReason,
  usage,
  warnings,
}: LanguageModelV3GenerateResult): Generator<LanguageModelV3StreamPart, undefined> {
  yield { type: 'stream-start', warnings }
  for (const [index, part] of content.entries()) {
    if (part.type === 'tool-call') yield part
    if (part.type !== 'text') continue
    const id = `text-${String(index)}`
    yield { type: 'text-start', id }
    for (const [delta] of part.text.matchAll(/[^\n]*\n|[^\n]+$/g)) yield { type: 'text-delta', id, delta }
    yield { type: 'text-end', id }
  }
  yield { type: 'finish', finishReason, usage }
}
