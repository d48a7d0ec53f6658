import type { Agent } from '@fsagent/agent'
import { fastify } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { checkApiKey } from './api-key-guard.js'
import { answerClientError, answerUnroutable } from './unroutable-request.js'
import { describeError } from './error-document.js'
import { allowedAuthorities, checkHost } from './host-guard.js'
import { listen } from './listen.js'
import { requestSignal } from './request-signal.js'
import { requireApiKey } from './require-api-key.js'
import type { Route } from './route.js'
import { routes } from './routes/routes.js'
import { ServerError } from './server-error.js'

/** What a server is made of. */
export interface AgentServerOptions {
  /** Answers the requests; stays open when the server closes. */
  readonly agent: Agent
  /** Address to listen at, default `127.0.0.1`. */
  readonly host?: string
  /** Port to listen at, default 8000; 0 takes any free one. */
  readonly port?: number
  /** Every route but `/health` and `/livez` then needs `Authorization: Bearer`. */
  readonly apiKey?: string | undefined
  /** Further values of the `Host` header to answer to, such as the name and port of a proxy in front. */
  readonly allowedHosts?: readonly string[]
  /** Where requests and failures are logged; nowhere by default. */
  readonly logger?: FastifyBaseLogger
  /** How long `close()` lets requests in flight finish, in seconds, default 10. */
  readonly closeGraceSeconds?: number
}

/** A server that can be reached once `listen()` resolved. */
export interface AgentServer extends AsyncDisposable {
  /**
   * Starts to listen and gives the URL.
   *
   * @throws ServerError `SERVER_ADDRESS_IN_USE`, `SERVER_LISTEN_FAILED`
   */
  listen(): Promise<string>
  /** Stops to listen, lets requests in flight finish, and resolves when the last connection is gone. */
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 1_048_576
const REQUEST_TIMEOUT_MS = 60_000
/** More than any session id has, so that one that is too long is refused as such. */
const LONGEST_PARAMETER = 256

/**
 * Makes an HTTP server around an agent.
 *
 * @throws ServerError `SERVER_KEY_REQUIRED` when others than this machine could reach it and there is no key
 */
export function createServer(options: AgentServerOptions): AgentServer {
  const { agent, host = '127.0.0.1', port = 8000, apiKey, closeGraceSeconds = 10 } = options
  requireApiKey(host, apiKey)
  const ending = new AbortController()
  const app = buildApp(options)
  let closing: Promise<void> | undefined
  app.addHook('onSend', async (_request, reply) => {
    // A kept connection would hold up close() until it times out.
    if (closing !== undefined) reply.header('connection', 'close')
  })
  addGuards(app, { ...options, host })
  for (const route of routes) addRoute(app, route, { agent, ending: ending.signal })
  for (const url of new Set(routes.map((route) => route.url))) refuseOtherMethods(app, url)
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => {
      ending.abort()
      app.server.closeAllConnections()
    }, closeGraceSeconds * 1000)
    await app.close()
    clearTimeout(timer)
  }
  return {
    listen: async () => listen(app, { host, port }),
    close: async () => (closing ??= close()),
    [Symbol.asyncDispose]: async () => (closing ??= close()),
  }
}

function buildApp({ logger }: AgentServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // A URL that cannot be read has no route, so there is no reply that hooks have seen.
    frameworkErrors: (error, _request, reply) => answerUnroutable(error, reply.raw),
  })
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler((error, request, reply) => {
    const { status, document } = describeError(error)
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    return reply.code(status).send(document)
  })
  app.setNotFoundHandler((request) => {
    throw new ServerError('ROUTE_NOT_FOUND', `Cannot find ${request.method} "${pathOf(request.url)}"`)
  })
  return app
}

function addGuards(app: FastifyInstance, { apiKey, allowedHosts = [], host }: AgentServerOptions & { host: string }) {
  const open = new Set(routes.filter((route) => route.open === true).map(({ url }) => url))
  let allowed: ReadonlySet<string> | undefined
  app.addHook('onRequest', async (request) => {
    const port = request.socket.localPort ?? 0
    allowed ??= new Set([...allowedAuthorities({ host, port }), ...allowedHosts.map((name) => name.toLowerCase())])
    checkHost(request, allowed)
    // By the route that was matched, not by the URL: `/%61pi` is `/api` to the router.
    if (apiKey !== undefined && !open.has(request.routeOptions.url ?? '')) checkApiKey(request, apiKey)
  })
}

function addRoute(app: FastifyInstance, route: Route, context: { agent: Agent; ending: AbortSignal }): void {
  app.route({
    method: route.method,
    url: route.url,
    handler: async (request, reply) => {
      const signal = requestSignal(reply, context.ending)
      const answer = await route.answer({ agent: context.agent, request, reply, signal })
      return reply.code(answer.status ?? 200).send(answer.document)
    },
  })
}

function refuseOtherMethods(app: FastifyInstance, url: string): void {
  const allowed: readonly string[] = routes.filter((route) => route.url === url).map((route) => route.method)
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allowed.includes(method))
  app.route({
    method: others,
    url,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      reply.header('allow', allowed.join(', '))
      throw new ServerError('METHOD_NOT_ALLOWED', `Cannot ${request.method} "${pathOf(request.url)}"`)
    },
    handler: async () => {},
  })
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
