import { resolve } from 'node:path'
import { parseSettings, readDotenv } from '@fsagent/agent/tools'
import type { Settings } from '@fsagent/agent'
import type { CommandContext } from '../command.js'
import { warningLine } from '../rendering/warning-line.js'

/**
 * Gives the settings of a command with absolute directories, and warns about those that look like a mistake.
 *
 * @throws SettingsError `SETTING_INVALID`
 * @throws AgentError `DOTENV_UNREADABLE`
 */
export async function readSettings({ settingFlags, input, terminal }: CommandContext): Promise<Settings> {
  const { settings, warnings } = parseSettings({
    flags: settingFlags,
    environment: input.environment,
    dotenv: readDotenv(input.workingDirectory),
  })
  for (const warning of warnings) await terminal.writeError(warningLine(warning, terminal))
  return {
    ...settings,
    dataRoot: resolve(input.workingDirectory, settings.dataRoot),
    cacheDirectory: resolve(input.workingDirectory, settings.cacheDirectory),
  }
}
