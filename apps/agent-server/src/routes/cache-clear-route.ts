import { z } from 'zod'
import { parseBody } from '../parse-body.js'
import type { Route } from '../route.js'

const bodySchema = z.strictObject({})

/** `POST /api/cache/clear`: removes every entry of both caches; answers with the statistics afterwards. */
export const cacheClearRoute: Route = {
  method: 'POST',
  url: '/api/cache/clear',
  answer: async ({ agent, request }) => {
    parseBody(bodySchema, request.body)
    await agent.cacheManager?.clearAll()
    return { document: { cleared: true, statistics: agent.getCacheStats() } }
  },
}
