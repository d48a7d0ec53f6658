import type { Route } from '../route.js'

/** `GET /api/cache/stats`: the statistics document. */
export const cacheStatsRoute: Route = {
  method: 'GET',
  url: '/api/cache/stats',
  answer: async ({ agent }) => ({ document: agent.getCacheStats() }),
}
