import { openAgentWithoutModel } from '../agent/open-agent.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { renderStatistics } from './render-statistics.js'

/** Prints what the cache holds, as a table or as the statistics document. */
export async function runCacheStats(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context
  await using agent = await openAgentWithoutModel(context)
  const statistics = agent.getCacheStats()
  if (options['json'] === true) await terminal.printJson(statistics)
  else await terminal.print(renderStatistics(statistics, terminal.colors))
  return exitCodes.ok
}
