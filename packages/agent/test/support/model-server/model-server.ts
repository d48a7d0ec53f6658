import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AgentOptions } from '../../../src/agent-options.js'
import type { WireProtocol, WireReply, WireRequest } from './wire-protocol.js'

/** What the server does with one request. */
export type Behaviour =
  | WireReply
  | { readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Breaks the connection: after the headers, or after half of the answer. */
  | { readonly cut: 'before' | 'middle'; readonly reply: WireReply }
  /** Ends the answer in due form, but without its last events. */
  | { readonly unfinished: WireReply }
  /** Says in the stream that it failed. */
  | { readonly errorInStream: true }
  /** Never answers, or stops in the middle without closing. */
  | { readonly hang: 'at once' | 'in the middle'; readonly reply: WireReply }

/** A server on this machine that speaks as a provider's service does and keeps what it was asked. */
export interface ModelServer extends AsyncDisposable {
  readonly options: Partial<AgentOptions>
  readonly requests: readonly WireRequest[]
}

/** Starts a server that meets its nth request with the nth behaviour; what breaks the protocol it refuses with 400. */
export async function startModelServer(protocol: WireProtocol, behaviours: readonly Behaviour[]): Promise<ModelServer> {
  const requests: WireRequest[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      const behaviour = behaviours[requests.push(read) - 1]
      const objection = protocol.objection(read)
      if (objection !== undefined || behaviour === undefined) {
        return sendError(response, { status: 400, message: objection ?? 'nothing more is planned' }, protocol)
      }
      return behave(behaviour, { protocol, response, streams: read.body.stream === true })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Cannot start server: it has no port')
  return {
    options: protocol.options(`http://127.0.0.1:${address.port}`),
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Exchange {
  readonly protocol: WireProtocol
  readonly response: ServerResponse
  readonly streams: boolean
}

function behave(behaviour: Behaviour, exchange: Exchange): void {
  const { response, protocol, streams } = exchange
  if ('status' in behaviour) return sendError(response, behaviour, protocol)
  if ('errorInStream' in behaviour) {
    return streams ? sendText(exchange, protocol.errorEvent) : sendError(response, { status: 500 }, protocol)
  }
  if ('unfinished' in behaviour) return sendText(exchange, firstHalf(behaviour.unfinished, exchange))
  if ('cut' in behaviour) {
    begin(exchange)
    if (behaviour.cut === 'middle') response.write(firstHalf(behaviour.reply, exchange))
    // What was written has to arrive before the connection breaks.
    response.write('', () => setImmediate(() => response.socket?.resetAndDestroy()))
    return
  }
  if ('hang' in behaviour) {
    if (behaviour.hang === 'at once') return
    begin(exchange)
    response.write(firstHalf(behaviour.reply, exchange))
    return
  }
  sendText(exchange, textOf(behaviour, exchange))
}

function textOf(reply: WireReply, { protocol, streams }: Exchange): string {
  return streams ? protocol.events(reply).join('') : JSON.stringify(protocol.whole(reply))
}

/** All that comes before the model says why it ends, and of an answer in one piece the first half of its bytes. */
function firstHalf(reply: WireReply, { protocol, streams }: Exchange): string {
  if (!streams) return JSON.stringify(protocol.whole(reply)).slice(0, 60)
  const events = protocol.events(reply)
  return events.slice(0, events.length - 3).join('')
}

function begin({ response, streams }: Exchange): void {
  response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' }).flushHeaders()
}

function sendText(exchange: Exchange, text: string): void {
  begin(exchange)
  exchange.response.end(text)
}

function sendError(
  response: ServerResponse,
  { status, message = 'no', headers = {} }: Extract<Behaviour, { status: number }>,
  protocol: WireProtocol,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(protocol.error(status, message)))
}

async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: JSON.parse(text) }
}
