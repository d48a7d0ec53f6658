import { resolve } from 'node:path'
import { createAgent, parseSettings, readDotenv } from '@fsagent/agent'
import type { Agent, AgentWarning, Settings } from '@fsagent/agent'
import type { AgentServer } from './create-server.js'
import { createServer } from './create-server.js'
import { requireApiKey } from './require-api-key.js'
import { serverLogger } from './server-logger.js'

/** Where the settings of a server come from. */
export interface StartServerOptions {
  /** By their name in the environment. */
  readonly flags: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absolute directory that relative settings start from, and that may hold a `.env` file. */
  readonly workingDirectory: string
}

/** A server that is being served; disposing of it lets requests in flight finish and closes the cache. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
}

/**
 * Opens the agent and serves it as the settings say.
 *
 * @throws SettingsError `SETTING_INVALID`
 * @throws AgentError `DOTENV_UNREADABLE`
 * @throws ServerError `SERVER_KEY_REQUIRED`, `SERVER_ADDRESS_IN_USE`, `SERVER_LISTEN_FAILED`
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const { workingDirectory } = options
  const { settings, warnings } = parseSettings({ ...options, dotenv: readDotenv(workingDirectory) })
  requireApiKey(settings.host, settings.fsagentApiKey)
  const logger = serverLogger(settings.logLevel)
  for (const { code, message } of [...warnings, ...withoutEffect(settings)]) logger.warn({ code }, message)
  const agent = await createAgent({
    ...settings,
    dataRoot: resolve(workingDirectory, settings.dataRoot),
    cacheDirectory: resolve(workingDirectory, settings.cacheDirectory),
    longLived: true,
    onWarning: ({ code, message }) => logger.warn({ code }, message),
  })
  const { host, port, fsagentApiKey: apiKey } = settings
  try {
    const server = createServer({ agent, host, port, apiKey, logger })
    return { url: await server.listen(), [Symbol.asyncDispose]: async () => closeBoth(server, agent) }
  } catch (error) {
    await agent.close()
    throw error
  }
}

/** Whoever sets it to 10 believes that one in ten gets the v3 cache, but the server does not know its users apart. */
function withoutEffect({ cacheRolloutPercent: percent }: Settings): readonly AgentWarning[] {
  if (percent === 100) return []
  const reason = 'the server has one cache for all users; USE_NEW_CACHE chooses which'
  return [{ code: 'SETTING_WITHOUT_EFFECT', message: `Cannot roll out to ${percent} percent: ${reason}` }]
}

/** The server first: its last requests still need the agent. */
async function closeBoth(server: AgentServer, agent: Agent): Promise<void> {
  await server.close()
  await agent.close()
}
