import { existsSync } from 'node:fs'
import { PersistentCache } from '@fsagent/cache-core'
import { readSettings } from '../agent/read-settings.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { formatBytes } from '../rendering/format-bytes.js'
import { warningLine } from '../rendering/warning-line.js'
import { confirm, requireTerminal } from './confirm.js'

/** Removes every entry of the cache; needs neither a data root nor a model. */
export async function runClearCache(context: CommandContext): Promise<ExitCode> {
  const { options, terminal } = context
  const { cacheDirectory, cacheSizeLimit } = await readSettings(context)
  const forced = options['force'] === true
  if (!forced) requireTerminal(context)
  if (!existsSync(cacheDirectory)) return report(context, { directory: cacheDirectory, removed: 0, bytes: 0 })
  if (!forced && !(await confirm(context, `Clear the cache at ${cacheDirectory}?`))) {
    await terminal.note('Nothing was cleared')
    return exitCodes.ok
  }
  await using cache = await PersistentCache.open({
    directory: cacheDirectory,
    sizeLimit: cacheSizeLimit,
    memoryLimit: 0,
    onWarning: (warning) => terminal.queue('stderr', warningLine(warning, terminal)),
  })
  if (cache.role === 'degraded') {
    throw new CliError('CLI_CACHE_UNAVAILABLE', `Cannot clear cache at "${cacheDirectory}": it cannot be opened now`)
  }
  const { size, volume } = cache.stats()
  await cache.clear()
  await cache.compact()
  return report(context, { directory: cacheDirectory, removed: size, bytes: volume })
}

async function report(
  { options, terminal }: CommandContext,
  cleared: { readonly directory: string; readonly removed: number; readonly bytes: number },
): Promise<ExitCode> {
  const { directory, removed, bytes } = cleared
  if (options['json'] === true) await terminal.printJson(cleared)
  else await terminal.print(`Removed ${removed} entries (${formatBytes(bytes)}) from ${directory}\n`)
  return exitCodes.ok
}
