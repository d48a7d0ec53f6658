import { checkOptions, type AgentOptions } from './agent-options.js'
import { Agent } from './agent.js'
import { SessionStore } from './sessions/session-store.js'
import { openToolParts } from './tools/tool-parts.js'

/**
 * Opens the caches and makes an agent; the model's package loads with the first question. The caller closes it.
 *
 * @throws FileStateError `ROOT_NOT_FOUND`, `ROOT_NOT_DIRECTORY`, `PERMISSION_DENIED`
 * @throws SettingsError `SETTING_INVALID`
 * @throws CacheError `CACHE_DIRECTORY_FOREIGN`; CacheManagerError `CACHE_DIRECTORY_IS_ROOT`
 * @throws TypeError for an option that does not exist
 */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const parts = await openToolParts(checkOptions(options), options)
  const store = parts.manager.persistentCache?.namespace('session')
  return new Agent({ ...parts, model: options.model, sessions: new SessionStore({ store, clock: parts.clock }) })
}
