import { existsSync } from 'node:fs'
import { openAgent, withoutModel } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { formatBytes } from '../rendering/format-bytes.js'
import { confirm, requireTerminal } from './confirm.js'
import { requireCacheOn, usableCache } from './usable-cache.js'

/** Removes every entry of the cache, once somebody agreed. */
export async function runClearCache(context: CommandContext): Promise<ExitCode> {
  const { options, terminal } = context
  const forced = options['force'] === true
  if (!forced) requireTerminal(context)
  const settings = await readSettings(context)
  requireCacheOn(settings)
  const directory = settings.cacheDirectory
  // Opening would make the directory.
  if (!existsSync(directory)) return report(context, { directory, removed: 0, bytes: 0 })
  if (!forced && !(await confirm(context, `Clear the cache at ${directory}?`))) {
    await terminal.note('Nothing was cleared')
    return exitCodes.ok
  }
  await using agent = await openAgent(context, withoutModel(settings))
  const { manager, statistics } = usableCache(agent)
  const removed = await manager.clearAll()
  const after = usableCache(agent).statistics.disk_cache.volume
  return report(context, { directory, removed, bytes: Math.max(0, statistics.disk_cache.volume - after) })
}

/** `bytes` counts keys, values and metadata. */
async function report(
  { options, terminal }: CommandContext,
  cleared: { readonly directory: string; readonly removed: number; readonly bytes: number },
): Promise<ExitCode> {
  const { directory, removed, bytes } = cleared
  if (options['json'] === true) await terminal.printJson(cleared)
  else await terminal.print(`Removed ${removed} entries (${formatBytes(bytes)}) from ${directory}\n`)
  return exitCodes.ok
}
