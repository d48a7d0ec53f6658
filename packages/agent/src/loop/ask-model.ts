import type { AssistantModelMessage, LanguageModelUsage, ModelMessage, ToolSet } from 'ai'
import type { AgentModel } from '../agent-options.js'
import { InterruptedAnswer } from '../models/model-failure.js'
import { loadSdk } from './load-sdk.js'

/** One question to the model. */
export interface ModelRequest {
  readonly model: AgentModel
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly tools: ToolSet | undefined
  /** Tools are described, so that the provider accepts the history, but may not be called. */
  readonly forbidTools: boolean
  readonly streams: boolean
  readonly signal: AbortSignal
  /** Called for everything that the model sends while it streams, text or not. */
  readonly onPart?: () => void
}

/** A tool call as the model wrote it; arguments that are not JSON stay text. */
export interface RequestedCall {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

/** What the model answered. */
export interface ModelReply {
  readonly text: string
  readonly calls: readonly RequestedCall[]
  readonly messages: readonly AssistantModelMessage[]
  readonly usage: LanguageModelUsage
  readonly finishReason: string
  /** As the provider names it; a provider may answer with another model than was asked for. */
  readonly modelId: string
  readonly responseId: string
}

/** Asks the model once and gives its text piece by piece while it streams. */
export async function* askModel(request: ModelRequest): AsyncGenerator<string, ModelReply> {
  return request.streams ? yield* streamReply(request) : await generateReply(request)
}

async function generateReply(request: ModelRequest): Promise<ModelReply> {
  const { generateText } = await loadSdk()
  const result = await generateText(callOptions(request))
  return {
    text: result.text,
    calls: result.toolCalls.map(requestedCall),
    messages: sentMessages(result.response.messages),
    usage: result.usage,
    finishReason: result.finishReason,
    modelId: result.response.modelId,
    responseId: result.response.id,
  }
}

/** Parts of a stream that the SDK makes by itself: no sign that the model lives. */
const ownParts: ReadonlySet<string> = new Set(['start', 'start-step', 'error', 'abort'])

async function* streamReply(request: ModelRequest): AsyncGenerator<string, ModelReply> {
  const { streamText } = await loadSdk()
  const failures: unknown[] = []
  const result = streamText({
    ...callOptions(request),
    // Without this the SDK prints errors; they reach the caller as exceptions here.
    onError: ({ error }) => void failures.push(error),
  })
  for await (const part of result.fullStream) {
    if (!ownParts.has(part.type)) request.onPart?.()
    if (part.type === 'text-delta' && part.text !== '') yield part.text
    if (part.type === 'error') throw part.error
    if (part.type === 'abort') throw request.signal.reason
  }
  if (failures.length > 0) throw failures[0]
  const response = await result.response
  const finishReason = await result.finishReason
  // Every protocol ends with a reason. Without one the connection broke, and half an answer must not look whole.
  if (finishReason === 'other' && (await result.rawFinishReason) === undefined) {
    throw new InterruptedAnswer('the answer ended before it was complete')
  }
  return {
    text: await result.text,
    calls: (await result.toolCalls).map(requestedCall),
    messages: sentMessages(response.messages),
    usage: await result.usage,
    finishReason,
    modelId: response.modelId,
    responseId: response.id,
  }
}

type CallOptions = Pick<ModelRequest, 'model' | 'system'> & {
  readonly maxRetries: 0
  readonly messages: ModelMessage[]
  readonly abortSignal: AbortSignal
  readonly tools?: ToolSet
  readonly toolChoice?: 'none'
}

function callOptions(request: ModelRequest): CallOptions {
  const { model, system, messages, tools, forbidTools, signal } = request
  return {
    model,
    system,
    messages: [...messages],
    // The SDK's own retries know neither our time limit nor a stream that breaks off.
    maxRetries: 0,
    abortSignal: signal,
    ...(tools === undefined ? {} : { tools }),
    ...(forbidTools ? { toolChoice: 'none' as const } : {}),
  }
}

function requestedCall(call: { toolCallId: string; toolName: string; input: unknown }): RequestedCall {
  return { id: call.toolCallId, name: call.toolName, input: call.input }
}

/** What a request after this one sends back. Arguments that are no object would be refused, by Anthropic for one. */
function sentMessages(
  messages: readonly (AssistantModelMessage | { readonly role: 'tool' })[],
): AssistantModelMessage[] {
  return messages.flatMap((message) => {
    if (message.role === 'tool') return []
    const { content } = message
    return [{ ...message, content: typeof content === 'string' ? content : content.map(withObject) }]
  })
}

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number]

function withObject(part: AssistantPart): AssistantPart {
  return part.type === 'tool-call' && !isObject(part.input) ? { ...part, input: {} } : part
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
