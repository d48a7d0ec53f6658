import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

/** A server that answers the examples as the providers would; none of them leaves the machine. */
export interface ProviderServer extends AsyncDisposable {
  /** What Node must be started with, so that an example asks this server. */
  readonly nodeOptions: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The addresses that were asked, with the provider's own origin. */
  readonly asked: ReadonlySet<string>
}

const preload = fileURLToPath(new URL('fixtures/redirect-providers.mjs', import.meta.url))
const text = 'The files are listed above.'
const head = { id: 'one', created: 1_700_000_000, model: 'stand-in' }
const replies: Readonly<Record<string, object>> = {
  '/chat/completions': {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  },
  '/v1/messages': {
    ...head,
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 7, output_tokens: 3 },
  },
}

/** Starts the server on a free port. */
export async function startProviderServer(): Promise<ProviderServer> {
  const asked = new Set<string>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    asked.add(`${String(request.headers['x-asked-of'])}${pathname}`)
    const [, reply] = Object.entries(replies).find(([ending]) => pathname.endsWith(ending)) ?? []
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(reply ?? { error: { message: `no such path: ${pathname}` } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Cannot start server: it has no port')
  return {
    nodeOptions: ['--import', preload],
    environment: { PROVIDER_SERVER: `http://127.0.0.1:${address.port}` },
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
