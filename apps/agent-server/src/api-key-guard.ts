import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ServerError } from './server-error.js'

/**
 * Refuses a request without the key. Digests are compared, so neither the time nor the length of a guess tells anything.
 *
 * @throws ServerError `UNAUTHORIZED`
 */
export function checkApiKey(request: FastifyRequest, apiKey: string): void {
  const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given !== undefined && timingSafeEqual(digest(given.trim()), digest(apiKey))) return
  throw new ServerError('UNAUTHORIZED', 'Cannot answer the request: it needs the header "Authorization: Bearer KEY"')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
