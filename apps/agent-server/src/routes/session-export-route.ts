import { z } from 'zod'
import type { Route } from '../route.js'

const parametersSchema = z.object({ id: z.string() })

/** `GET /api/chat/sessions/{id}`: a session with all its messages. */
export const sessionExportRoute: Route = {
  method: 'GET',
  url: '/api/chat/sessions/:id',
  answer: async ({ agent, request }) => {
    const { id } = parametersSchema.parse(request.params)
    return { document: await agent.exportSession(id) }
  },
}
