import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

/** A server on this machine that speaks the chat completions protocol and keeps what it was asked. */
interface ProtocolServer extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly ChatRequest[]
}

interface ChatRequest {
  readonly authorization: string | undefined
  readonly body: {
    readonly stream?: boolean
    readonly tools?: readonly unknown[]
    readonly messages: readonly { readonly role: string; readonly content: unknown }[]
  }
}

const toolCall = { id: 'c1', type: 'function', function: { name: 'cat', arguments: '{"path":"a.md"}' } }
const answers = [
  { finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: [toolCall] } },
  { finish_reason: 'stop', message: { role: 'assistant', content: 'It says hello (a.md:1)' } },
]
const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }

test.each([false, true])('an OpenAI-compatible server answers through the loop (streamed: %s)', async (streamed) => {
  await using server = await startServer((request, index) => reply(request, index))
  await using open = await openAgent(
    { 'a.md': 'hello\n' },
    { modelProvider: 'openai-compatible', openaiBaseUrl: server.url, openaiModel: 'm', openaiApiKey: 'key' },
  )
  const result = streamed ? await lastResult(open.agent.stream('What does it say?')) : await open.agent.chat('What?')
  expect(result).toMatchObject({ text: 'It says hello (a.md:1)', steps: 2, citations: [{ path: 'a.md', line: 1 }] })
  expect(server.requests.map(({ body }) => body.stream === true)).toEqual([streamed, streamed])
  expect(server.requests[0]).toMatchObject({ authorization: 'Bearer key' })
  expect(server.requests[0]?.body.tools).toHaveLength(11)
  const sent = JSON.stringify(server.requests[1]?.body.messages.at(-1))
  expect(sent).toContain('hello')
})

test('a refused key becomes AGENT_MODEL_UNAUTHORIZED', async () => {
  await using server = await startServer(() => ({ status: 401, text: '{"error":{"message":"wrong key"}}' }))
  await using open = await openAgent(
    {},
    { modelProvider: 'openai-compatible', openaiBaseUrl: server.url, openaiModel: 'm', openaiApiKey: 'key' },
  )
  await expect(open.agent.chat('hi')).rejects.toMatchObject({ code: 'AGENT_MODEL_UNAUTHORIZED' })
})

interface Reply {
  readonly status: number
  readonly text: string
}

function reply({ body }: ChatRequest, index: number): Reply {
  const choice = answers[index] ?? answers[1]
  if (body.stream !== true) {
    return { status: 200, text: JSON.stringify({ id: 'x', model: 'm', choices: [{ index: 0, ...choice }], usage }) }
  }
  const { message, finish_reason } = choice ?? {}
  const calls = message?.tool_calls?.map((call, position) => ({ index: position, ...call }))
  const delta = { ...message, ...(calls === undefined ? {} : { tool_calls: calls }) }
  const chunks = [
    { id: 'x', model: 'm', choices: [{ index: 0, delta }] },
    { id: 'x', model: 'm', choices: [{ index: 0, delta: {}, finish_reason }], usage },
  ]
  return {
    status: 200,
    text: [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join(''),
  }
}

async function startServer(answer: (request: ChatRequest, index: number) => Reply): Promise<ProtocolServer> {
  const requests: ChatRequest[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => send(response, answer(read, requests.push(read) - 1)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readRequest(request: IncomingMessage): Promise<ChatRequest> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return { authorization: request.headers.authorization, body: JSON.parse(text) }
}

function send(response: ServerResponse, { status, text }: Reply): void {
  const type = text.startsWith('data:') ? 'text/event-stream' : 'application/json'
  response.writeHead(status, { 'content-type': type }).end(text)
}

async function lastResult(events: AsyncIterable<{ type: string; result?: unknown }>): Promise<unknown> {
  let result: unknown
  for await (const event of events) if (event.type === 'done') result = event.result
  return result
}
