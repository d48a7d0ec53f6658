import { createAgent } from '@fsagent/agent'
import type { Agent, Settings } from '@fsagent/agent'
import type { CommandContext } from '../command.js'
import { warningLine } from '../rendering/warning-line.js'
import { readSettings } from './read-settings.js'

/**
 * Opens the agent for a command; whoever opens it closes it.
 *
 * @param longLived whether more than one question may come
 */
export async function openAgent(
  { terminal }: CommandContext,
  settings: Settings,
  longLived: boolean = false,
): Promise<Agent> {
  return createAgent({
    ...settings,
    longLived,
    onWarning: (warning) => terminal.queue('stderr', warningLine(warning, terminal)),
  })
}

/** For commands that ask no model: they must not fail because a key is missing. */
export async function openAgentWithoutModel(context: CommandContext): Promise<Agent> {
  return openAgent(context, withoutModel(await readSettings(context)))
}

/** Gives settings under which no model is configured. */
export function withoutModel(settings: Settings): Settings {
  return { ...settings, modelProvider: 'planner' }
}
