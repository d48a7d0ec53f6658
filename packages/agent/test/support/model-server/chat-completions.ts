import { serverSentEvent, wireUsage, type WireMessage, type WireProtocol, type WireReply } from './wire-protocol.js'

const usage = {
  prompt_tokens: wireUsage.input,
  completion_tokens: wireUsage.output,
  total_tokens: wireUsage.input + wireUsage.output,
}
const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'model-that-answered' }

/** Parts of a protocol that OpenAI and those who speak like it share; they differ in address and key. */
type ChatCompletions = Omit<WireProtocol, 'name' | 'options' | 'objection'>

/**
 * How chat completions are spoken. Of what will not be answered OpenAI's models say so in words of their own, whereas
 * in front of Azure's models stands a filter, which says nothing.
 */
export function chatCompletions(refusesBy: 'words' | 'filter'): ChatCompletions {
  const adapted = ({ refusal, ...reply }: WireReply): ChatReply => {
    if (refusal === undefined) return { ...reply, ends: (reply.calls ?? []).length > 0 ? 'tool_calls' : 'stop' }
    return refusesBy === 'words' ? { ...reply, refusal, ends: 'stop' } : { ...reply, ends: 'content_filter' }
  }
  return {
    whole: (reply) => wholeOf(adapted(reply)),
    events: (reply) => [
      ...deltasOf(adapted(reply)).map((delta) => chunk([{ index: 0, delta }])),
      ...ending(adapted(reply)),
    ],
    error: (status, message) => ({
      error: { message, type: 'error', code: status === 404 ? 'DeploymentNotFound' : null },
    }),
    errorEvent: serverSentEvent({ error: { message: 'The server had an error', type: 'server_error', code: null } }),
  }
}

interface ChatReply extends WireReply {
  readonly ends: string
}

function wholeOf({ ends, ...reply }: ChatReply): object {
  const message = { role: 'assistant', ...messageOf(reply) }
  return { ...head, object: 'chat.completion', choices: [{ index: 0, finish_reason: ends, message }], usage }
}

/** Gives what the service finds wrong with a conversation, if anything. */
export function objectionToMessages(messages: readonly WireMessage[]): string | undefined {
  const open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id ?? '')) return `tool message without its call: ${message.tool_call_id}`
      continue
    }
    if (open.size > 0) return `tool_call_ids did not have response messages: ${[...open].join(', ')}`
    for (const { id, function: called } of message.tool_calls ?? []) {
      if (id === '' || open.has(id)) return `ids of tool calls must be unique: ${id}`
      if (typeof called.arguments !== 'string') return 'arguments must be text'
      open.add(id)
    }
  }
  return open.size > 0 ? 'the last tool calls have no responses' : undefined
}

function messageOf({ text, refusal, calls = [] }: WireReply): object {
  return {
    content: text ?? null,
    ...(refusal === undefined ? {} : { refusal }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(callOf) }),
  }
}

function callOf({ id, name, arguments: given }: NonNullable<WireReply['calls']>[number]): object {
  return { id, type: 'function', function: { name, arguments: given } }
}

/** Text comes in two pieces, the arguments of each call as well. */
function deltasOf({ text, refusal, calls = [] }: WireReply): object[] {
  return [
    { role: 'assistant' },
    ...halves(text).map((content) => ({ content })),
    ...halves(refusal).map((piece) => ({ refusal: piece })),
    ...calls.flatMap((call, index) => {
      const [first = '', second = ''] = halves(call.arguments)
      const begin = { index, id: call.id, type: 'function', function: { name: call.name, arguments: first } }
      return [{ tool_calls: [begin] }, { tool_calls: [{ index, function: { arguments: second } }] }]
    }),
  ]
}

function ending({ ends }: ChatReply): string[] {
  const last = chunk([{ index: 0, delta: {}, finish_reason: ends }])
  return [last, serverSentEvent({ ...head, choices: [], usage }), serverSentEvent('[DONE]')]
}

function chunk(choices: readonly object[]): string {
  return serverSentEvent({ ...head, object: 'chat.completion.chunk', choices })
}

/** Gives a text in two pieces. */
export function halves(text: string | undefined): string[] {
  if (text === undefined) return []
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)]
}
