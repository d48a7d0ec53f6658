import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '@fsagent/cache-core'
import type { LegacyCache } from '@fsagent/legacy-cache'
import type { OldCacheStatistics } from '../statistics.js'
import type { ToolRunner } from './tool-runner.js'
import type { ToolResult } from './tool-result.js'

/** A result as the v2 cache keeps it. */
export interface LegacyEntry {
  readonly result: ToolResult
  /** Reading of the monotonic clock, in milliseconds. */
  readonly storedAt: number
}

/** What {@link LegacyTools} works with. */
export interface LegacyToolsOptions {
  readonly runner: ToolRunner
  readonly cache: LegacyCache<LegacyEntry>
  /** Whether v2 answers; otherwise it is fed and compared with what v3 answers. */
  readonly answers: boolean
  readonly clock: Clock
}

const interruptions: ReadonlySet<string> = new Set(['TOOL_ABORTED', 'TOOL_TIMEOUT'])

/** Tools behind the v2 cache: results by exact call, as old as its TTL allows. */
export class LegacyTools {
  readonly #options: LegacyToolsOptions
  #compared = 0
  #differences = 0
  #lookupMs = 0
  #answerMs = 0

  constructor(options: LegacyToolsOptions) {
    this.#options = options
  }

  /** Runs one tool, or answers from the v2 cache when that is what answers. */
  async run(name: string, given: unknown, signal?: AbortSignal): Promise<ToolResult> {
    const key = `${name} ${JSON.stringify(given) ?? ''}`
    return this.#options.answers
      ? this.#answer(key, { name, given, signal })
      : this.#compare(key, { name, given, signal })
  }

  /** Forgets every result. */
  clear(): void {
    this.#options.cache.clear()
  }

  /** Hits, misses and sizes of the v2 cache, and how often it would have answered something else than v3. */
  stats(): OldCacheStatistics {
    const counts = { compared: this.#compared, differences: this.#differences }
    return { ...this.#options.cache.stats(), ...counts, compared_ms: { v2: this.#lookupMs, v3: this.#answerMs } }
  }

  async #answer(key: string, request: ToolRequest): Promise<ToolResult> {
    const { cache, clock } = this.#options
    const started = clock.monotonic()
    const entry = cache.get(key)
    if (entry === undefined) return this.#store(key, await this.#execute(request))
    const ageSeconds = (clock.monotonic() - entry.storedAt) / 1000
    const report = { outcome: 'hit', tier: 'memory', verified_by: null, age_seconds: ageSeconds } as const
    return { ...entry.result, cache: report, duration_ms: clock.monotonic() - started }
  }

  async #compare(key: string, request: ToolRequest): Promise<ToolResult> {
    const { cache, clock } = this.#options
    const started = clock.monotonic()
    const entry = cache.get(key)
    const found = clock.monotonic()
    const result = await this.#execute(request)
    if (entry === undefined) return this.#store(key, result)
    if (result.error !== null && interruptions.has(result.error.code)) return result
    this.#compared += 1
    this.#lookupMs += found - started
    this.#answerMs += clock.monotonic() - found
    if (!sameAnswer(entry.result, result)) this.#differences += 1
    return result
  }

  async #execute({ name, given, signal }: ToolRequest): Promise<ToolResult> {
    return this.#options.runner.run(name, given, signal)
  }

  #store(key: string, result: ToolResult): ToolResult {
    if (result.ok) this.#options.cache.set(key, { result, storedAt: this.#options.clock.monotonic() })
    return result
  }
}

interface ToolRequest {
  readonly name: string
  readonly given: unknown
  readonly signal: AbortSignal | undefined
}

function sameAnswer(left: ToolResult, right: ToolResult): boolean {
  return left.ok === right.ok && left.text === right.text && isDeepStrictEqual(left.data, right.data)
}
