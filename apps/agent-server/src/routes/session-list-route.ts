import type { Route } from '../route.js'

/** `GET /api/chat/sessions`: the sessions that are not over, the one that was used last first. */
export const sessionListRoute: Route = {
  method: 'GET',
  url: '/api/chat/sessions',
  answer: async ({ agent, signal }) => ({ document: { sessions: await agent.listSessions({ signal }) } }),
}
