import { z } from 'zod'
import { parseBody } from '../parse-body.js'
import type { Route } from '../route.js'

const bodySchema = z.strictObject({})

/** `POST /api/cache/clear`: removes every entry of both caches; sessions stay. */
export const cacheClearRoute: Route = {
  method: 'POST',
  url: '/api/cache/clear',
  answer: async ({ agent, request }) => {
    parseBody(bodySchema, request.body)
    const removed = await agent.clearCaches()
    return { document: { removed, statistics: agent.getCacheStats() } }
  },
}
