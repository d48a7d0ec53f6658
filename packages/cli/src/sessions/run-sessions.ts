import type { Agent } from '@fsagent/agent'
import { openAgent, withoutModel } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import { requireCacheOn, usableCache } from '../cache/usable-cache.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { renderSession, renderSessionList } from './render-sessions.js'

/** Prints which sessions there are. */
export async function listSessions(context: CommandContext): Promise<ExitCode> {
  const { terminal } = context
  await using agent = await openKeptSessions(context)
  const sessions = await agent.listSessions(context)
  if (asksForJson(context)) await terminal.printJson({ sessions })
  else if (sessions.length === 0) await terminal.note('No sessions are kept')
  else await terminal.print(renderSessionList(sessions))
  return exitCodes.ok
}

/** Prints one session, for people or as a document. */
export async function exportSession(context: CommandContext): Promise<ExitCode> {
  const { terminal, positionals } = context
  await using agent = await openKeptSessions(context)
  const session = await agent.exportSession(positionals[0] ?? '')
  if (asksForJson(context)) await terminal.printJson(session)
  else await terminal.print(renderSession(session))
  return exitCodes.ok
}

/** Forgets one session. */
export async function deleteSession(context: CommandContext): Promise<ExitCode> {
  const { terminal, positionals, signal } = context
  const [sessionId = ''] = positionals
  await using agent = await openKeptSessions(context)
  await agent.deleteSession(sessionId, { signal })
  if (asksForJson(context)) await terminal.printJson({ session_id: sessionId, deleted: true })
  else await terminal.print(`Deleted session ${sessionId}\n`)
  return exitCodes.ok
}

/** Sessions that outlive a command are in the cache, so that without one there is nothing to look at. */
async function openKeptSessions(context: CommandContext): Promise<Agent> {
  const settings = withoutModel(await readSettings(context))
  requireCacheOn(settings)
  const agent = await openAgent(context, settings)
  try {
    usableCache(agent)
    return agent
  } catch (error) {
    await agent.close()
    throw error
  }
}

function asksForJson({ options }: CommandContext): boolean {
  return options['json'] === true
}
