import { isLoopback } from './loopback.js'
import { ServerError } from './server-error.js'

/**
 * Checks that a server which other machines can reach has a key.
 *
 * @throws ServerError `SERVER_KEY_REQUIRED`
 */
export function requireApiKey(host: string, apiKey: string | undefined): void {
  if (isLoopback(host) || apiKey !== undefined) return
  throw new ServerError(
    'SERVER_KEY_REQUIRED',
    `Cannot listen at "${host}" without FSAGENT_API_KEY: others can reach it`,
  )
}
