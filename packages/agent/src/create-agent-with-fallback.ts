import { SettingsError } from './settings/settings-error.js'
import type { AgentOptions } from './agent-options.js'
import type { Agent } from './agent.js'
import { createAgent } from './create-agent.js'

/**
 * Makes an agent with the v3 cache, or one with the v2 cache and a warning `AGENT_CACHE_FALLBACK` when v3 cannot be
 * used: its directory is refused, or its store cannot be opened now.
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
    const agent = await createAgent({ ...options, useNewCache: true })
    if (agent.cacheManager?.persistentCache?.role !== 'degraded') return agent
    await agent.close()
    return 'its store cannot be opened'
  } catch (error) {
    if (!isAboutCache(error)) throw error
    return error.message
  }
}

function isAboutCache(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof SettingsError || !('code' in error)) return false
  return typeof error.code === 'string' && error.code.startsWith('CACHE_')
}
