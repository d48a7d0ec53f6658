import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
} from '@ai-sdk/provider'

/** A tool call that a scripted model makes; the id defaults to `call-<step>-<index>`, text arguments go out as they are. */
export interface ScriptedToolCall {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>> | string
  readonly id?: string
}

/** What a scripted model answers when asked once: text, tool calls, both, or a failure. */
export interface ScriptedStep {
  readonly text?: string
  readonly toolCalls?: readonly ScriptedToolCall[]
  readonly error?: Error
  readonly finishReason?: LanguageModelV3FinishReason['unified']
}

/** A step, or what makes one from the call: it may look at the prompt or wait for the abort signal. */
export type ScriptedStepSource =
  | ScriptedStep
  | ((options: LanguageModelV3CallOptions) => ScriptedStep | Promise<ScriptedStep>)

/** A model that plays given steps and keeps the calls it got. */
export interface ScriptedModel extends LanguageModelV3 {
  /** The options of every call so far, prompts included. */
  readonly calls: readonly LanguageModelV3CallOptions[]
}

const usage: LanguageModelV3Usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
}

/** Makes a model that answers its nth call with the nth step, when generating and when streaming; throws after the last. */
export function scriptedModel(steps: readonly ScriptedStepSource[]): ScriptedModel {
  const calls: LanguageModelV3CallOptions[] = []
  const play = async (options: LanguageModelV3CallOptions): Promise<PlayedStep> => {
    const index = calls.push(options) - 1
    const source = steps[index]
    if (source === undefined) throw new Error(`Cannot play step ${index + 1}: the script has ${steps.length}`)
    const step = typeof source === 'function' ? await source(options) : source
    if (step.error !== undefined) throw step.error
    return { content: contentOf(step, index), finishReason: finishReasonOf(step) }
  }
  return {
    specificationVersion: 'v3',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    calls,
    doGenerate: async (options) => ({ ...(await play(options)), usage, warnings: [] }),
    doStream: async (options) => ({ stream: streamOf(await play(options)) }),
  }
}

interface PlayedStep {
  content: LanguageModelV3Content[]
  finishReason: LanguageModelV3FinishReason
}

function contentOf(step: ScriptedStep, index: number): LanguageModelV3Content[] {
  const text: LanguageModelV3Content[] = step.text === undefined ? [] : [{ type: 'text', text: step.text }]
  const calls = (step.toolCalls ?? []).map((call, position): LanguageModelV3Content => ({
    type: 'tool-call',
    toolCallId: call.id ?? `call-${index + 1}-${position + 1}`,
    toolName: call.tool,
    input: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
  }))
  return [...text, ...calls]
}

function finishReasonOf(step: ScriptedStep): LanguageModelV3FinishReason {
  const unified = step.finishReason ?? ((step.toolCalls ?? []).length > 0 ? 'tool-calls' : 'stop')
  return { unified, raw: unified }
}

function streamOf({ content, finishReason }: PlayedStep): ReadableStream<LanguageModelV3StreamPart> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue({ type: 'stream-start', warnings: [] })
      for (const part of content) for (const piece of streamParts(part)) controller.enqueue(piece)
      controller.enqueue({ type: 'finish', usage, finishReason })
      controller.close()
    },
  })
}

function streamParts(part: LanguageModelV3Content): LanguageModelV3StreamPart[] {
  if (part.type === 'tool-call') {
    return [
      { type: 'tool-input-start', id: part.toolCallId, toolName: part.toolName },
      { type: 'tool-input-delta', id: part.toolCallId, delta: part.input },
      { type: 'tool-input-end', id: part.toolCallId },
      part,
    ]
  }
  if (part.type !== 'text') return []
  const words = part.text.match(/\S*\s*/g)?.filter((word) => word !== '') ?? []
  return [
    { type: 'text-start', id: 'text' },
    ...words.map((delta): LanguageModelV3StreamPart => ({ type: 'text-delta', id: 'text', delta })),
    { type: 'text-end', id: 'text' },
  ]
}
