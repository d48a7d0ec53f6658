import { chatDocument } from '@fsagent/agent'
import { z } from 'zod'
import { parseBody } from '../parse-body.js'
import type { Route } from '../route.js'

const bodySchema = z.strictObject({ message: z.string(), session_id: z.string().optional() })

/** `POST /api/chat`: one question and its answer, in a session that goes on when its id is sent again. */
export const chatRoute: Route = {
  method: 'POST',
  url: '/api/chat',
  answer: async ({ agent, request, signal }) => {
    const { message, session_id: sessionId } = parseBody(bodySchema, request.body)
    const result = await agent.chat(message, { signal, sessionId })
    return { document: chatDocument(result) }
  },
}
