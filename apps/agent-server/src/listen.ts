import type { FastifyInstance } from 'fastify'
import type { ListeningPlace } from './host-guard.js'
import { authority } from './loopback.js'
import { ServerError } from './server-error.js'

/**
 * Starts to listen and gives the URL with the actual port.
 *
 * @throws ServerError `SERVER_ADDRESS_IN_USE`, `SERVER_LISTEN_FAILED`
 */
export async function listen(app: FastifyInstance, { host, port }: ListeningPlace): Promise<string> {
  const place = authority(host, port)
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new ServerError('SERVER_ADDRESS_IN_USE', `Cannot listen at "${place}": the port is in use`, {
        cause: error,
      })
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new ServerError('SERVER_LISTEN_FAILED', `Cannot listen at "${place}": ${reason}`, { cause: error })
  }
  const address = app.server.address()
  return `http://${authority(host, typeof address === 'object' && address !== null ? address.port : port)}`
}
