import type { Clock } from '@fsagent/cache-core'
import type { CacheManager } from '@fsagent/cache-manager'
import type { CacheReport } from '@fsagent/content-cache'
import { noticeLine } from '../output/notice.js'
import type { OutputLimits } from '../output/output-limits.js'
import { withDeadline } from './with-deadline.js'
import { checkArguments } from './check-arguments.js'
import { failureOf } from './tool-failure.js'
import type { ToolCacheReport, ToolCall, ToolFailure, ToolResult } from './tool-result.js'
import { toolNamed } from './tool-table.js'
import type { FileSizeThresholds, ToolOutput } from './tool.js'

/** What a {@link ToolRunner} works with. */
export interface ToolRunnerOptions {
  readonly manager: CacheManager
  readonly limits: OutputLimits
  readonly thresholds: FileSizeThresholds
  /** Longest time of one call, in milliseconds. */
  readonly timeoutMs: number
  readonly clock: Clock
}

/** What the report says when no cache took part. */
export const noCache: ToolCacheReport = { outcome: 'bypass', tier: null, verified_by: null, age_seconds: null }

/** Runs tools by name; every failure of a file, an argument or a limit is part of the result. */
export class ToolRunner {
  readonly #options: ToolRunnerOptions

  constructor(options: ToolRunnerOptions) {
    this.#options = options
  }

  /** Runs one tool; only a mistake in our code is thrown. */
  async run(name: string, given: unknown, signal?: AbortSignal): Promise<ToolResult> {
    const { clock, manager } = this.#options
    const started = clock.monotonic()
    const call: ToolCall = { tool: name, arguments: asRecord(given) }
    const finish = ({ error, ...rest }: Omit<ToolResult, 'tool' | 'arguments' | 'duration_ms'>): ToolResult => ({
      ...call,
      ...rest,
      duration_ms: Math.max(0, clock.monotonic() - started),
      error,
    })
    try {
      const output = await withDeadline({ milliseconds: this.#options.timeoutMs, signal }, async (deadline) =>
        this.#output(call, given, deadline),
      )
      return finish(succeeded(output))
    } catch (error) {
      const failure = failureOf(error, manager.root.path)
      if (failure === undefined) throw error
      return finish(failed(failure))
    }
  }

  async #output(call: ToolCall, given: unknown, signal: AbortSignal): Promise<ToolOutput> {
    const { manager, limits, thresholds } = this.#options
    const tool = toolNamed(call.tool)
    const input = checkArguments(tool, given)
    return tool.run(input, { manager, limits, thresholds, signal, call })
  }
}

/** Gives the result of a call that did not answer. */
export function failedResult(call: ToolCall, failure: ToolFailure): ToolResult {
  return { tool: call.tool, arguments: call.arguments, ...failed(failure), duration_ms: 0 }
}

function succeeded(output: ToolOutput): Omit<ToolResult, 'tool' | 'arguments' | 'duration_ms'> {
  const { truncation, text, data, shown, total } = output
  const cache = cacheReport(output.cache)
  if (truncation === undefined) {
    return { ok: true, text, data, truncated: false, shown, total, next: null, cache, error: null }
  }
  const body = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const noted = body + noticeLine(truncation.shown, truncation.next)
  return { ok: true, text: noted, data, truncated: true, shown, total, next: truncation.next, cache, error: null }
}

function failed(error: ToolFailure): Omit<ToolResult, 'tool' | 'arguments' | 'duration_ms'> {
  const empty = { text: '', data: null, truncated: false, shown: 0, total: 0, next: null }
  return { ok: false, ...empty, cache: noCache, error }
}

function cacheReport({ outcome, tier, verifiedBy, ageSeconds }: CacheReport): ToolCacheReport {
  return { outcome, tier, verified_by: verifiedBy, age_seconds: ageSeconds }
}

function asRecord(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {}
}
