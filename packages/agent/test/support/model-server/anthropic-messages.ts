import { halves } from './chat-completions.js'
import {
  serverSentEvent,
  wireKey,
  wireUsage,
  type WireMessage,
  type WireProtocol,
  type WireReply,
  type WireRequest,
} from './wire-protocol.js'

/** Anthropic's messages. */
export const anthropicMessages: WireProtocol = {
  name: 'anthropic',
  options: (address) => ({ modelProvider: 'anthropic', anthropicApiKey: wireKey, anthropicBaseUrl: address }),
  objection,
  whole: (reply) => ({
    ...head,
    content: blocksOf(reply).map(({ start, full }) => ({ ...start, ...full })),
    stop_reason: stopReason(reply),
    stop_sequence: null,
    usage: { input_tokens: wireUsage.input, output_tokens: wireUsage.output },
  }),
  events: (reply) => [
    event('message_start', {
      message: {
        ...head,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: wireUsage.input, output_tokens: 1 },
      },
    }),
    ...blocksOf(reply).flatMap(blockEvents),
    event('message_delta', {
      delta: { stop_reason: stopReason(reply), stop_sequence: null },
      usage: { output_tokens: wireUsage.output },
    }),
    event('message_stop', {}),
  ],
  error: (_, message) => ({ type: 'error', error: { type: 'error', message } }),
  errorEvent: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
}

const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'model-that-answered' }

interface Block {
  readonly start: object
  readonly deltas: readonly object[]
  readonly full: object
}

function blocksOf({ text, calls = [] }: WireReply): Block[] {
  const texts =
    text === undefined
      ? []
      : [
          {
            start: { type: 'text', text: '' },
            deltas: halves(text).map((half) => ({ type: 'text_delta', text: half })),
            full: { text },
          },
        ]
  return [...texts, ...calls.map(blockOfCall)]
}

/** The service never sends malformed arguments in one piece, because there they are an object. */
function blockOfCall({ id, name, arguments: given }: NonNullable<WireReply['calls']>[number]): Block {
  return {
    start: { type: 'tool_use', id, name, input: {} },
    deltas: halves(given).map((half) => ({ type: 'input_json_delta', partial_json: half })),
    full: { input: parsed(given) },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function blockEvents({ start, deltas }: Block, index: number): string[] {
  return [
    event('content_block_start', { index, content_block: start }),
    ...deltas.map((delta) => event('content_block_delta', { index, delta })),
    event('content_block_stop', { index }),
  ]
}

function event(type: string, data: object): string {
  return serverSentEvent({ type, ...data }, type)
}

function stopReason({ calls = [], refusal }: WireReply): string {
  if (refusal !== undefined) return 'refusal'
  return calls.length > 0 ? 'tool_use' : 'end_turn'
}

function objection({ path, headers, body }: WireRequest): string | undefined {
  if (path !== '/v1/messages') return `no such path: ${path}`
  if (headers['x-api-key'] !== wireKey) return 'invalid x-api-key'
  if (typeof headers['anthropic-version'] !== 'string') return 'anthropic-version: header is required'
  if (typeof body['max_tokens'] !== 'number') return 'max_tokens: field required'
  return objectionToMessages(body.messages, body.tools ?? [])
}

function objectionToMessages(messages: readonly WireMessage[], tools: readonly unknown[]): string | undefined {
  let wanted: readonly unknown[] = []
  let before = 'assistant'
  for (const { role, content } of messages) {
    if (role === before) return 'messages: roles must alternate'
    before = role
    const parts = Array.isArray(content) ? content : []
    const results = parts.filter((part) => part.type === 'tool_result').map((part) => part.tool_use_id)
    if (wanted.some((id) => !results.includes(id))) return 'tool_use ids were found without tool_result blocks'
    if (results.some((id) => !wanted.includes(id))) return 'unexpected tool_use_id in tool_result'
    const uses = parts.filter((part) => part.type === 'tool_use')
    if (uses.some(({ input }) => typeof input !== 'object')) return 'tool_use.input: should be an object'
    wanted = uses.map(({ id }) => id)
    if (wanted.length > 0 && tools.length === 0) return 'tools must be given when there are tool calls'
    if (new Set(wanted).size < wanted.length) return 'tool_use ids must be unique'
  }
  return undefined
}
