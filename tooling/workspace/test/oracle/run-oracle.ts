import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAgent, type Agent, type AgentOptions, type ToolResult } from '@fsagent/agent'
import { seededRandom, type SeededRandom } from '@fsagent/testing'
import { drawQuery, type Query } from './draw-query.js'
import { drawOperation, operations } from './operations.js'
import { openUp, settle, type World } from './places.js'

/** What is done where. */
export interface OracleOptions {
  readonly seed: number
  /** How many file operations are tried. */
  readonly operations: number
  /** An empty directory; everything happens in it. */
  readonly directory: string
  /** Settings of the agent that has a cache. */
  readonly settings?: Partial<AgentOptions>
  /** Operations that are left out. */
  readonly without?: readonly string[]
  /** Ends the run when this many milliseconds have passed. */
  readonly mostMilliseconds?: number
  /** Ends the run when there are this many differences. */
  readonly mostDifferences?: number
}

/** A question that the two agents answered differently. */
interface Difference {
  readonly seed: number
  readonly afterOperations: readonly string[]
  readonly query: Query
  readonly outcome: string
  readonly cached: string
  readonly fresh: string
}

/** What was done and how it was answered. */
export interface OracleReport {
  readonly operations: Record<string, number>
  readonly outcomes: Record<string, number>
  readonly queries: number
  readonly restarts: number
  readonly differences: readonly Difference[]
}

/** Longer than the stamps of a local file system are believed to be apart, so that signatures become clean. */
const pauseMs = 130
const questions = 24

/**
 * Changes files at random and asks two agents about them at once: one that keeps its cache for the whole run, restarts
 * included, and a new one without a cache for each question. Their answers must be the same, byte for byte.
 */
export async function runOracle(options: OracleOptions): Promise<OracleReport> {
  const run = new OracleRun(options)
  try {
    return await run.finish()
  } finally {
    await run.close()
    // Whoever removes the tree must get into it.
    openUp(options.directory)
  }
}

class OracleRun {
  readonly #options: OracleOptions
  readonly #random: SeededRandom
  readonly #world: World
  readonly #queries: readonly Query[]
  readonly #report = { operations: {}, outcomes: {}, queries: 0, restarts: 0, differences: [] as Difference[] }
  readonly #lately: string[] = []
  #agent: Agent | undefined

  constructor(options: OracleOptions) {
    const { seed, directory } = options
    const random = seededRandom(seed)
    this.#options = options
    this.#random = random
    this.#queries = Array.from({ length: questions }, () => drawQuery(random))
    this.#world = {
      random,
      root: join(directory, 'root'),
      outside: join(directory, 'outside'),
      latest: '',
      read: async (path) => {
        await (await this.#opened()).runTool('cat', { path })
      },
    }
    settle(this.#world)
  }

  async finish(): Promise<OracleReport> {
    const { operations: most, mostMilliseconds = Infinity, mostDifferences = Infinity } = this.#options
    const started = performance.now()
    for (let done = 0; done < most && this.#report.differences.length < mostDifferences;) {
      if (performance.now() - started > mostMilliseconds) break
      for (let count = this.#random.integer(1, 3); count > 0; count -= 1, done += 1) await this.#operate()
      if (this.#random.next() < 0.03) await this.#restart()
      if (this.#random.next() < 0.15) await sleep(pauseMs)
      await this.#ask()
    }
    return this.#report
  }

  async close(): Promise<void> {
    await this.#agent?.close()
    this.#agent = undefined
  }

  /** What is impossible at the moment changes nothing and does not count. */
  async #operate(): Promise<void> {
    const name = drawOperation(this.#random)
    if (this.#options.without?.includes(name) === true) return
    try {
      await operations[name]?.(this.#world)
    } catch (error) {
      if (error instanceof Error && 'syscall' in error) return
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_FS_')) return
      throw error
    }
    increment(this.#report.operations, name)
    this.#lately.push(name)
    if (this.#lately.length > 8) this.#lately.shift()
  }

  async #restart(): Promise<void> {
    await this.close()
    this.#report.restarts += 1
  }

  /** Asks some questions, each three times, now and then all at the same time. */
  async #ask(): Promise<void> {
    const agent = await this.#opened()
    const drawn = Array.from({ length: this.#random.integer(1, 2) }, () => this.#drawQuery())
    const queries = [...drawn, ...drawn, ...drawn]
    const together = this.#random.next() < 0.2
    const answers = together ? await Promise.all(queries.map((query) => answer(agent, query))) : []
    for (const [index, query] of queries.entries()) {
      this.#compare(query, answers[index] ?? (await answer(agent, query)), await this.#freshAnswer(query))
    }
  }

  #drawQuery(): Query {
    const path = this.#world.latest
    if (this.#random.next() < 0.3) return { tool: this.#random.pick(['cat', 'tail', 'wc']), arguments: { path } }
    return this.#random.next() < 0.1 ? drawQuery(this.#random) : this.#random.pick(this.#queries)
  }

  #compare(query: Query, cached: ToolResult, fresh: ToolResult): void {
    const { outcome } = cached.cache
    this.#report.queries += 1
    increment(this.#report.outcomes, cached.ok ? outcome : 'refused')
    const [ours, theirs] = [plain(cached), plain(fresh)]
    if (ours === theirs) return
    const afterOperations = [...this.#lately]
    this.#report.differences.push({
      seed: this.#options.seed,
      afterOperations,
      query,
      outcome,
      cached: ours.slice(0, 2000),
      fresh: theirs.slice(0, 2000),
    })
  }

  async #freshAnswer(query: Query): Promise<ToolResult> {
    await using agent = await createAgent({ ...this.#common(), useNewCache: false })
    return await answer(agent, query)
  }

  async #opened(): Promise<Agent> {
    this.#agent ??= await createAgent({ ...this.#common(), useNewCache: true, ...this.#options.settings })
    return this.#agent
  }

  /** Every second seed keeps the cache inside the data root, where people put it. */
  #common(): AgentOptions {
    const { directory, seed } = this.#options
    const cacheDirectory = seed % 2 === 0 ? join(directory, 'cache') : join(this.#world.root, '.cache')
    return { dataRoot: this.#world.root, cacheDirectory }
  }
}

function answer(agent: Agent, query: Query): Promise<ToolResult> {
  return agent.runTool(query.tool, query.arguments)
}

/** What has to be the same: everything but how it was found out and how long that took. */
function plain({ cache: _cache, duration_ms: _duration, ...rest }: ToolResult): string {
  return JSON.stringify(rest)
}

function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
