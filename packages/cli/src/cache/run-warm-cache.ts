import { CacheWarmer } from '@fsagent/cache-manager'
import type { WarmReport } from '@fsagent/cache-manager'
import { openAgent, withoutModel } from '../agent/open-agent.js'
import { readSettings } from '../agent/read-settings.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import type { ExitCode } from '../exit-codes.js'
import { ProgressBar } from '../rendering/progress-bar.js'
import { errorLine } from '../report-error.js'
import { renderWarmReport, warmReportDocument } from './render-warm-report.js'
import { requireCacheOn, usableCache } from './usable-cache.js'

/** Reads text files below a directory into the cache. */
export async function runWarmCache(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context
  const settings = await readSettings(context)
  requireCacheOn(settings)
  const concurrency = concurrencyOf(options['concurrency']) ?? settings.cacheWarmupConcurrency
  const quiet = options['quiet'] === true
  const dryRun = options['dryRun'] === true
  await using agent = await openAgent(context, withoutModel(settings))
  const manager = usableCache(agent)
  const bar = new ProgressBar(terminal, { quiet })
  const report = await new CacheWarmer(manager).warmDirectory(textOf(options['directory']) ?? '.', {
    ...patternOf(options['pattern']),
    recursive: options['recursive'] !== false,
    concurrency,
    dryRun,
    signal,
    onProgress: ({ done, total }) => bar.update(done, total),
  })
  bar.clear()
  if (options['json'] === true) await terminal.printJson(warmReportDocument(report))
  else if (!quiet) await terminal.print(renderWarmReport(report, { dryRun }))
  for (const { code, path, message } of report.failed) {
    await terminal.note(errorLine({ error: code, message: `Cannot warm "${path}": ${message}` }, terminal))
  }
  return exitCodeOf(report)
}

function exitCodeOf({ aborted, failed }: WarmReport): ExitCode {
  if (aborted) return exitCodes.interrupted
  return failed.length > 0 ? exitCodes.partial : exitCodes.ok
}

function concurrencyOf(value: unknown): number | undefined {
  const text = textOf(value)
  if (text === undefined) return undefined
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1000) return Number(text)
  throw new CliError(
    'CLI_INVALID_VALUE',
    `Cannot use "${text}" for concurrency: it must be a whole number from 1 to 1000`,
  )
}

function patternOf(value: unknown): { readonly pattern?: string } {
  const pattern = textOf(value)
  return pattern === undefined ? {} : { pattern }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
