import { randomUUID } from 'node:crypto'
import { AgentError } from '../agent-error.js'

const callerId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/**
 * Gives the id of a session: the caller's, or a new one that nobody can guess (122 random bits).
 *
 * @throws AgentError `AGENT_SESSION_INVALID`
 */
export function sessionIdFor(given: string | undefined): string {
  if (given === undefined) return randomUUID()
  if (callerId.test(given)) return given
  const rule = 'it must be 1 to 128 letters, digits, ".", "_" or "-", beginning with a letter or digit'
  throw new AgentError('AGENT_SESSION_INVALID', `Cannot use session ${JSON.stringify(given.slice(0, 200))}: ${rule}`)
}

/** Says that there is no such session, or that it is over. */
export function sessionNotFound(id: string): AgentError {
  return new AgentError('AGENT_SESSION_NOT_FOUND', `Cannot find session "${id}": there is none, or it is over`)
}
