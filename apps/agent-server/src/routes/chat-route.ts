import { z } from 'zod'
import { chatDocument } from '../chat-document.js'
import { parseBody } from '../parse-body.js'
import type { Route } from '../route.js'

const bodySchema = z.strictObject({
  message: z.string().refine((message) => message.trim() !== '', 'must not be empty'),
  session_id: z.string().min(1).max(200).optional(),
})

/** `POST /api/chat`: one question and its answer, in a session that goes on when its id is sent again. */
export const chatRoute: Route = {
  method: 'POST',
  url: '/api/chat',
  answer: async ({ agent, request, signal }) => {
    const { message, session_id: sessionId } = parseBody(bodySchema, request.body)
    const result = await agent.chat(message, { signal, ...(sessionId === undefined ? {} : { sessionId }) })
    return { document: chatDocument(result) }
  },
}
