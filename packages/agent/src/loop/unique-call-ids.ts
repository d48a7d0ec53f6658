import type { LanguageModelV3Content, LanguageModelV3Middleware, LanguageModelV3StreamPart } from '@ai-sdk/provider'

/**
 * Makes the ids of tool calls unique in a conversation: models of small servers repeat them or leave them empty, and
 * then nobody can tell which result belongs to which call. `taken` are those of earlier turns.
 */
export function uniqueCallIds(taken: Iterable<string> = []): LanguageModelV3Middleware {
  const ids = new CallIds(taken)
  return {
    specificationVersion: 'v3',
    wrapGenerate: async ({ doGenerate }) => {
      const result = await doGenerate()
      return { ...result, content: result.content.map((part) => renamed(part, ids)) }
    },
    wrapStream: async ({ doStream }) => {
      const result = await doStream()
      return { ...result, stream: result.stream.pipeThrough(renamingStream(ids)) }
    },
  }
}

class CallIds {
  readonly #used: Set<string>

  constructor(taken: Iterable<string>) {
    this.#used = new Set(taken)
  }

  take(id: string): string {
    let unique = id === '' ? 'call' : id
    for (let count = 2; this.#used.has(unique); count += 1) unique = `${id === '' ? 'call' : id}-${count}`
    this.#used.add(unique)
    return unique
  }
}

function renamed(part: LanguageModelV3Content, ids: CallIds): LanguageModelV3Content {
  return part.type === 'tool-call' ? { ...part, toolCallId: ids.take(part.toolCallId) } : part
}

function renamingStream(ids: CallIds): TransformStream<LanguageModelV3StreamPart, LanguageModelV3StreamPart> {
  /** Calls whose input is being streamed, by the id that the model gave. */
  const open = new Map<string, string>()
  return new TransformStream({
    transform(part, controller) {
      if (part.type === 'tool-input-start') {
        const id = ids.take(part.id)
        open.set(part.id, id)
        controller.enqueue({ ...part, id })
      } else if (part.type === 'tool-input-delta' || part.type === 'tool-input-end') {
        controller.enqueue({ ...part, id: open.get(part.id) ?? part.id })
      } else if (part.type === 'tool-call') {
        const toolCallId = open.get(part.toolCallId) ?? ids.take(part.toolCallId)
        open.delete(part.toolCallId)
        controller.enqueue({ ...part, toolCallId })
      } else controller.enqueue(part)
    },
  })
}
