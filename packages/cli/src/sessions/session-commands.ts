import type { CommandArgument, LeafCommand } from '../command.js'
import { deleteSession, exportSession, listSessions } from './run-sessions.js'

const idArgument: CommandArgument = { notation: '<id>', description: 'the session, as "sessions list" names it' }

/** What can be done with the conversations that are kept. */
export const sessionCommands: readonly LeafCommand[] = [
  {
    name: 'list',
    summary: 'list the conversations, the last one first',
    arguments: [],
    options: [{ notation: '--json', description: 'print the list as JSON' }],
    examples: ['fs-agent sessions list'],
    run: listSessions,
  },
  {
    name: 'export',
    summary: 'print a whole conversation, with its tool calls',
    arguments: [idArgument],
    options: [{ notation: '--json', description: 'print it as JSON, with what every tool call came to' }],
    examples: ['fs-agent sessions export review > review.md', 'fs-agent sessions export review --json'],
    run: exportSession,
  },
  {
    name: 'delete',
    summary: 'forget a conversation',
    arguments: [idArgument],
    options: [{ notation: '--json', description: 'print what was deleted as JSON' }],
    examples: ['fs-agent sessions delete review'],
    run: deleteSession,
  },
]
