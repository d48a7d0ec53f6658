import type { Agent } from '@fsagent/agent'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What a route answers with. */
interface RouteAnswer {
  readonly status?: number
  readonly document: unknown
}

/** What a route is called with. */
interface RouteContext {
  readonly agent: Agent
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Aborted when the client goes away or the server must end. */
  readonly signal: AbortSignal
}

/** One row of the table of routes. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  /** Answers without the key, even when there is one. */
  readonly open?: true
  answer(context: RouteContext): Promise<RouteAnswer>
}
