import type { LeafCommand } from '../command.js'

/** `fs-agent chat`: asks one question, or several one after another. */
export const chatCommand: LeafCommand = {
  name: 'chat',
  summary: 'ask questions about the files below the data root',
  details:
    'Without a question it asks for questions until the input ends; a pipe gives one question per line. ' +
    'Answers go to stdout, tool calls to stderr.',
  arguments: [{ notation: '[question...]', description: 'the question; its words may be quoted or not' }],
  options: [
    { notation: '-s, --session <id>', description: 'continue this session, or start it under this name' },
    { notation: '--json', description: 'print each answer as a JSON document with its tool calls and citations' },
    { notation: '-q, --quiet', description: 'do not show tool calls' },
  ],
  examples: ['fs-agent chat "Which projects use PostgreSQL?"', 'fs-agent chat --session review < questions.txt'],
  run: async (context) => {
    const { runChat } = await import('../chat/run-chat.js')
    return runChat(context)
  },
}
