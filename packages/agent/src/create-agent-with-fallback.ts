import { SettingsError } from './settings/settings-error.js'
import type { AgentOptions } from './agent-options.js'
import type { Agent } from './agent.js'
import { createAgent } from './create-agent.js'

/**
 * Makes an agent with the v3 cache, or one with the v2 cache and a warning `AGENT_CACHE_FALLBACK` when v3 refuses its
 * directory. A store that merely cannot be opened now is no reason: without it v3 still answers, never stale, and uses
 * the store again by itself, whereas v2 may serve what was right five minutes ago.
 *
 * @throws whatever {@link createAgent} throws for reasons that v2 would have too
 */
export async function createAgentWithFallback(options: AgentOptions): Promise<Agent> {
  const reason = await tryNewCache(options)
  if (typeof reason !== 'string') return reason
  options.onWarning?.({
    code: 'AGENT_CACHE_FALLBACK',
    message: `Cannot use the v3 cache: ${reason}; v2 answers instead`,
  })
  return createAgent({ ...options, useNewCache: false, cacheEnabled: true })
}

async function tryNewCache(options: AgentOptions): Promise<Agent | string> {
  try {
    return await createAgent({ ...options, useNewCache: true })
  } catch (error) {
    if (!isAboutCache(error)) throw error
    return error.message
  }
}

function isAboutCache(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof SettingsError || !('code' in error)) return false
  return typeof error.code === 'string' && error.code.startsWith('CACHE_')
}
