import { z } from 'zod'
import { statusOfErrorCode } from '../error-status.js'
import { parseBody } from '../parse-body.js'
import type { Route } from '../route.js'

const parametersSchema = z.object({ name: z.string() })
const bodySchema = z.record(z.string(), z.unknown())

/** `POST /api/tools/{name}`: runs one tool; the body has its parameters, the answer is its structured result. */
export const toolRoute: Route = {
  method: 'POST',
  url: '/api/tools/:name',
  answer: async ({ agent, request, signal }) => {
    const { name } = parametersSchema.parse(request.params)
    const result = await agent.runTool(name, parseBody(bodySchema, request.body), { signal })
    return { status: result.error === null ? 200 : statusOfErrorCode(result.error.code), document: result }
  },
}
