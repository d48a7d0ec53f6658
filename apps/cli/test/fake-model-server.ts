import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'

/** What the server gets from a model's client, as far as the tests look at it. */
export interface ModelRequest {
  readonly tools?: readonly unknown[]
}

/** An HTTP server that speaks the protocol of OpenAI, so that a real client asks it. */
export interface FakeModelServer extends AsyncDisposable {
  /** Settings under which `fs-agent` asks it. */
  readonly environment: Readonly<Record<string, string>>
  /** Resolves with the first request. */
  readonly asked: Promise<void>
}

/** Starts a server on a free port; `answer` writes each response. */
export async function startFakeModelServer(
  answer: (request: ModelRequest, response: ServerResponse) => void,
): Promise<FakeModelServer> {
  let tellAsked: () => void = () => {}
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve
  })
  const server = createServer((request, response) => {
    tellAsked()
    void json(request).then((body) => answer(typeof body === 'object' && body !== null ? body : {}, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    asked,
    environment: {
      MODEL_PROVIDER: 'openai-compatible',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_MODEL: 'fake',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Streams one message: text, or a call of the tool `ls`. */
export function streamMessage(
  response: ServerResponse,
  message: { readonly text: string } | { readonly call: 'ls' },
): void {
  const delta =
    'text' in message
      ? { role: 'assistant', content: message.text }
      : {
          role: 'assistant',
          tool_calls: [{ index: 0, id: 'one', type: 'function', function: { name: 'ls', arguments: '{}' } }],
        }
  const finish = 'text' in message ? 'stop' : 'tool_calls'
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const choice of [
    { index: 0, delta, finish_reason: null },
    { index: 0, delta: {}, finish_reason: finish },
  ]) {
    const chunk = { id: 'x', object: 'chat.completion.chunk', created: 0, model: 'fake', choices: [choice] }
    response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  response.end('data: [DONE]\n\n')
}
