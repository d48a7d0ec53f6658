import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api'
import { AgentError } from '../agent-error.js'
import type { ModelReply, ModelRequest, RequestedCall } from '../loop/ask-model.js'
import type { TurnRecord } from '../loop/turn-record.js'
import type { ToolResult } from '../tools/tool-result.js'
import { attributeNames as names, operations, providerName } from './attribute-names.js'
import { describedMessages } from './described-messages.js'

/** What a turn is called in its spans. */
export interface TelemetryOptions {
  readonly provider: string
  readonly modelId: string
  readonly sessionId: string
  /** Whether the texts of questions, answers, arguments and results are recorded. */
  readonly recordsContent: boolean
}

/**
 * The spans of one turn: one for the turn, below it one for each question to the model and one for each tool call.
 *
 * Without an OpenTelemetry SDK in the program all of it does nothing.
 */
export class TurnTelemetry implements Disposable {
  readonly #options: TelemetryOptions
  readonly #span: Span
  readonly #context: Context

  constructor(options: TelemetryOptions) {
    this.#options = options
    this.#span = tracer().startSpan(`${operations.turn} fsagent`, {
      kind: SpanKind.INTERNAL,
      attributes: {
        [names.operation]: operations.turn,
        [names.agent]: 'fsagent',
        [names.conversation]: options.sessionId,
        ...this.#modelAttributes(),
      },
    })
    this.#context = trace.setSpan(context.active(), this.#span)
  }

  /** Begins a question to the model. */
  chat(request: Pick<ModelRequest, 'system' | 'messages'>): ChatSpan {
    const { modelId, sessionId, recordsContent } = this.#options
    const content = {
      [names.systemInstructions]: JSON.stringify([{ type: 'text', content: request.system }]),
      [names.inputMessages]: describedMessages(request.messages),
    }
    const attributes = {
      [names.operation]: operations.chat,
      [names.conversation]: sessionId,
      ...this.#modelAttributes(),
      ...(recordsContent ? content : {}),
    }
    const span = tracer().startSpan(
      `${operations.chat} ${modelId}`,
      { kind: SpanKind.CLIENT, attributes },
      this.#context,
    )
    return new ChatSpan(span, { parent: this.#context, recordsContent })
  }

  /** Runs a tool call inside a span of its own. */
  async tool(call: RequestedCall, run: () => Promise<ToolResult>): Promise<ToolResult> {
    const { recordsContent } = this.#options
    const attributes = {
      [names.operation]: operations.tool,
      [names.tool]: call.name,
      [names.toolType]: 'function',
      [names.toolCall]: call.id,
      ...(recordsContent ? { [names.toolArguments]: JSON.stringify(call.input) ?? '' } : {}),
    }
    const options = { kind: SpanKind.INTERNAL, attributes }
    const span = tracer().startSpan(`${operations.tool} ${call.name}`, options, this.#context)
    try {
      const result = await context.with(trace.setSpan(this.#context, span), run)
      span.setAttributes(resultAttributes(result, recordsContent))
      if (result.error !== null) markFailed(span, result.error.code)
      return result
    } catch (error) {
      markFailed(span, typeOf(error))
      throw error
    } finally {
      span.end()
    }
  }

  /** The turn is over, with or without an answer. */
  end({ usage, steps, calls }: TurnRecord, finishReason: string | undefined): void {
    this.#span.setAttributes({
      ...usageAttributes(usage.inputTokens, usage.outputTokens),
      ...(finishReason === undefined ? {} : { [names.finishReasons]: [finishReason] }),
      [names.steps]: steps,
      [names.toolCalls]: calls.length,
    })
  }

  fail(error: unknown): void {
    markFailed(this.#span, typeOf(error))
  }

  [Symbol.dispose](): void {
    this.#span.end()
  }

  #modelAttributes(): Attributes {
    const { provider, modelId } = this.#options
    return { [names.provider]: providerName(provider), [names.requestModel]: modelId }
  }
}

/** The span of one question to the model, attempts to ask it again included. */
export class ChatSpan implements Disposable {
  readonly #span: Span
  readonly #context: Context
  readonly #recordsContent: boolean

  constructor(span: Span, { parent, recordsContent }: { readonly parent: Context; readonly recordsContent: boolean }) {
    this.#span = span
    this.#context = trace.setSpan(parent, span)
    this.#recordsContent = recordsContent
  }

  /** Does a piece of the work, so that spans of the HTTP client stand below this one. */
  async within<Result>(work: () => Promise<Result>): Promise<Result> {
    return context.with(this.#context, work)
  }

  done(reply: ModelReply): void {
    this.#span.setAttributes({
      [names.responseModel]: reply.modelId,
      [names.responseId]: reply.responseId,
      [names.finishReasons]: [reply.finishReason],
      ...usageAttributes(reply.usage.inputTokens, reply.usage.outputTokens),
      ...(this.#recordsContent ? { [names.outputMessages]: describedMessages(reply.messages) } : {}),
    })
  }

  fail(error: unknown): void {
    markFailed(this.#span, typeOf(error))
  }

  [Symbol.dispose](): void {
    this.#span.end()
  }
}

/** Asked for each time, so that an SDK that is registered later counts. */
function tracer(): ReturnType<typeof trace.getTracer> {
  return trace.getTracer('@fsagent/agent')
}

function usageAttributes(input: number | null | undefined, output: number | null | undefined): Attributes {
  return {
    ...(typeof input === 'number' ? { [names.inputTokens]: input } : {}),
    ...(typeof output === 'number' ? { [names.outputTokens]: output } : {}),
  }
}

function resultAttributes({ cache, truncated, text }: ToolResult, recordsContent: boolean): Attributes {
  return {
    [names.cacheOutcome]: cache.outcome,
    ...(cache.tier === null ? {} : { [names.cacheTier]: cache.tier }),
    [names.truncated]: truncated,
    ...(recordsContent ? { [names.toolResult]: text } : {}),
  }
}

/** Codes only: messages may name files and repeat what was asked. */
function markFailed(span: Span, type: string): void {
  span.setAttribute(names.errorType, type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function typeOf(error: unknown): string {
  if (error instanceof AgentError) return error.code
  return error instanceof Error ? error.name : '_OTHER'
}
