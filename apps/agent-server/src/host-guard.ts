import { hostname, networkInterfaces } from 'node:os'
import type { FastifyRequest } from 'fastify'
import { authority } from './loopback.js'
import { ServerError } from './server-error.js'

/** Where the server is reached, so far as it knows. */
export interface ListeningPlace {
  readonly host: string
  readonly port: number
}

/**
 * Gives the values of the `Host` header that the server answers to. An exact list is what keeps a web page whose name was
 * rebound to this machine (DNS rebinding) out: its requests carry its own name.
 */
export function allowedAuthorities({ host, port }: ListeningPlace): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '::1', host, ...(isWildcard(host) ? ownNames() : [])]
  return new Set(
    names.flatMap((name) => [authority(name, port), ...(port === 80 ? [`${authority(name, 80)}:80`] : [])]),
  )
}

/**
 * Refuses a request that names another host, or that a page of another origin sent.
 *
 * @throws ServerError `HOST_NOT_ALLOWED`, `ORIGIN_NOT_ALLOWED`
 */
export function checkHost(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  const host = request.headers.host?.toLowerCase() ?? ''
  if (!allowed.has(host)) {
    throw new ServerError('HOST_NOT_ALLOWED', `Cannot answer for host "${host}": it is not an address of this server`)
  }
  const { origin } = request.headers
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) {
    throw new ServerError(
      'ORIGIN_NOT_ALLOWED',
      `Cannot answer a page of "${origin}": only pages of this server may ask`,
    )
  }
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function ownNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return [hostname().toLowerCase(), ...addresses.map(({ address }) => address)]
}
