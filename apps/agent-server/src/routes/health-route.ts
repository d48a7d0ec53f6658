import type { Route } from '../route.js'

/** `GET /health`: the server answers, and how its cache does; a cache that is off or degraded only costs time. */
export const healthRoute: Route = {
  method: 'GET',
  url: '/health',
  open: true,
  answer: async ({ agent }) => {
    const statistics = agent.getCacheStats().new_cache
    return { document: { status: 'ok', cache: statistics.enabled ? statistics.role : 'off' } }
  },
}
