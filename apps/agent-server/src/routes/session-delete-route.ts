import { z } from 'zod'
import type { Route } from '../route.js'

const parametersSchema = z.object({ id: z.string() })

/** `DELETE /api/chat/sessions/{id}`: forgets a session once the turns in it have ended. */
export const sessionDeleteRoute: Route = {
  method: 'DELETE',
  url: '/api/chat/sessions/:id',
  answer: async ({ agent, request, signal }) => {
    const { id } = parametersSchema.parse(request.params)
    await agent.deleteSession(id, { signal })
    return { document: { session_id: id, deleted: true } }
  },
}
