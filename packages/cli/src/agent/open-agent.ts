import { createAgent } from '@fsagent/agent'
import type { Agent, Settings } from '@fsagent/agent'
import type { CommandContext } from '../command.js'
import { warningLine } from '../rendering/warning-line.js'
import { readSettings } from './read-settings.js'

/** Opens the agent as the settings of a command say; whoever opens it closes it. */
export async function openAgent(context: CommandContext, overrides: Partial<Settings> = {}): Promise<Agent> {
  return createAgent({
    ...(await readSettings(context)),
    ...overrides,
    onWarning: (warning) => context.terminal.queue('stderr', warningLine(warning, context.terminal)),
  })
}

/** For commands that ask no model: they must not fail because a key is missing. */
export async function openAgentWithoutModel(context: CommandContext): Promise<Agent> {
  return openAgent(context, { modelProvider: 'planner' })
}
