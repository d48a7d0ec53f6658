import type { AssistantModelMessage, LanguageModelUsage, ModelMessage, ToolSet } from 'ai'
import type { AgentModel } from '../agent-options.js'
import { loadSdk } from './load-sdk.js'

/** One question to the model. */
export interface ModelRequest {
  readonly model: AgentModel
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly tools: ToolSet | undefined
  /** Tools are described, so that the provider accepts the history, but may not be called. */
  readonly forbidTools: boolean
  readonly maxRetries: number
  readonly streams: boolean
  readonly signal: AbortSignal
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
    messages: result.response.messages.filter(isAssistant),
    usage: result.usage,
    finishReason: result.finishReason,
  }
}

async function* streamReply(request: ModelRequest): AsyncGenerator<string, ModelReply> {
  const { streamText } = await loadSdk()
  const failures: unknown[] = []
  const result = streamText({
    ...callOptions(request),
    // Without this the SDK prints errors; they reach the caller as exceptions here.
    onError: ({ error }) => void failures.push(error),
  })
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') yield part.text
    if (part.type === 'error') throw part.error
    if (part.type === 'abort') throw request.signal.reason
  }
  if (failures.length > 0) throw failures[0]
  return {
    text: await result.text,
    calls: (await result.toolCalls).map(requestedCall),
    messages: (await result.response).messages.filter(isAssistant),
    usage: await result.usage,
    finishReason: await result.finishReason,
  }
}

type CallOptions = Pick<ModelRequest, 'model' | 'system' | 'maxRetries'> & {
  readonly messages: ModelMessage[]
  readonly abortSignal: AbortSignal
  readonly tools?: ToolSet
  readonly toolChoice?: 'none'
}

function callOptions(request: ModelRequest): CallOptions {
  const { model, system, messages, tools, forbidTools, maxRetries, signal } = request
  return {
    model,
    system,
    messages: [...messages],
    maxRetries,
    abortSignal: signal,
    ...(tools === undefined ? {} : { tools }),
    ...(forbidTools ? { toolChoice: 'none' as const } : {}),
  }
}

function requestedCall(call: { toolCallId: string; toolName: string; input: unknown }): RequestedCall {
  return { id: call.toolCallId, name: call.toolName, input: call.input }
}

function isAssistant(message: { role: string }): message is AssistantModelMessage {
  return message.role === 'assistant'
}
