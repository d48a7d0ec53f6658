import { CliError } from '../cli-error.js'
import type { CommandGroup } from '../command.js'

/** `fs-agent sessions`: the conversations that are kept. */
export const sessionsCommandGroup: CommandGroup = {
  name: 'sessions',
  summary: 'list, export or delete the conversations that are kept',
  details: 'A conversation is kept for an hour after its last answer, with its last 50 messages.',
  examples: [
    'fs-agent sessions list',
    'fs-agent sessions export review > review.md',
    'fs-agent sessions delete review',
  ],
  subcommands: async () => {
    const { sessionCommands } = await import('../sessions/session-commands.js')
    return sessionCommands
  },
  unknown: (name, known) =>
    new CliError('CLI_UNKNOWN_COMMAND', `Cannot run "sessions ${name}": known commands are ${known.join(', ')}`),
}
