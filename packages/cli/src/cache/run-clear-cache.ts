import { clearCache } from '@fsagent/cache-manager'
import type { ClearedCache } from '@fsagent/cache-manager'
import { readSettings } from '../agent/read-settings.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { formatBytes } from '../rendering/format-bytes.js'
import { warningLine } from '../rendering/warning-line.js'
import { confirm, requireTerminal } from './confirm.js'
import { requireCacheOn } from './usable-cache.js'

/** Removes every entry of the cache, once somebody agreed; needs no data root, so that a wrong one is no obstacle. */
export async function runClearCache(context: CommandContext): Promise<ExitCode> {
  const { options, terminal } = context
  const forced = options['force'] === true
  if (!forced) requireTerminal(context)
  const settings = await readSettings(context)
  requireCacheOn(settings)
  const directory = settings.cacheDirectory
  if (!forced && !(await confirm(context, `Clear the cache at ${directory}?`))) {
    await terminal.note('Nothing was cleared')
    return exitCodes.ok
  }
  const cleared = await clearCache({
    dataRoot: settings.dataRoot,
    cacheDirectory: directory,
    sizeLimit: settings.cacheSizeLimit,
    onWarning: (warning) => terminal.queue('stderr', warningLine(warning, terminal)),
  })
  return report(context, { directory, ...cleared })
}

async function report(
  { options, terminal }: CommandContext,
  cleared: ClearedCache & { readonly directory: string },
): Promise<ExitCode> {
  const { directory, removed, bytes } = cleared
  if (options['json'] === true) await terminal.printJson(cleared)
  else await terminal.print(`Removed ${removed} entries (${formatBytes(bytes)}) from ${directory}\n`)
  return exitCodes.ok
}
