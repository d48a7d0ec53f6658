import type { FastifyReply } from 'fastify'

/** Gives a signal that is aborted when the client goes away before its answer was sent, or when the server must end. */
export function requestSignal(reply: FastifyReply, ending: AbortSignal): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort()
  })
  return AbortSignal.any([controller.signal, ending])
}
