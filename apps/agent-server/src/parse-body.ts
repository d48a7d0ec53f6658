import type { z } from 'zod'
import { ServerError } from './server-error.js'

/**
 * Gives the body of a request as its schema says.
 *
 * @throws ServerError `REQUEST_INVALID` with one detail `{ path, message }` for each thing that is wrong
 */
export function parseBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const reasons = details.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  throw new ServerError('REQUEST_INVALID', `Cannot use the body: ${reasons.join('; ')}`, { details })
}
