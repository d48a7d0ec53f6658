import { openAgent } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { answerQuestion } from './answer-question.js'
import type { Conversation } from './answer-question.js'
import { askFromInput } from './ask-from-input.js'

/** Answers the question that was given, else one question after another from stdin. */
export async function runChat(context: CommandContext): Promise<ExitCode> {
  const question = context.positionals.length === 0 ? undefined : context.positionals.join(' ')
  const { session } = context.options
  await using agent = await openAgent(context, await readSettings(context), question === undefined)
  const conversation: Conversation = {
    agent,
    terminal: context.terminal,
    sessionId: typeof session === 'string' ? session : undefined,
    json: context.options['json'] === true,
    quiet: context.options['quiet'] === true,
    single: question !== undefined,
  }
  if (question !== undefined) return await answerQuestion(conversation, question, context.signal)
  let exitCode: ExitCode = exitCodes.ok
  await askFromInput(context, async (line, signal) => {
    const code = await answerQuestion(conversation, line, signal)
    if (context.input.stdin.isTTY !== true && code !== exitCodes.ok) exitCode = code
  })
  return exitCode
}
