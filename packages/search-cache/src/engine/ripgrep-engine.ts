import { RESULT_LIMIT_BYTES, ResultAllowance } from '../result-allowance.js'
import { SearchError } from '../search-error.js'
import { Gate } from './gate.js'
import { searchLiterally } from './literal-search.js'
import { invalidPattern, mustBeUsable } from './engine-pattern.js'
import { argumentChunks, nameArguments, recordForm, ripgrepArguments } from './ripgrep-arguments.js'
import { engineFailed, patternReason, readErrors, tellsOfRefusal } from './ripgrep-errors.js'
import { RipgrepOutput } from './ripgrep-output.js'
import { runProcess, type ProcessEnd, type ProcessRequest } from './run-process.js'
import type { EngineMatch, EngineQuery, EngineReport, EngineTarget, SearchEngine } from './search-engine.js'

/** How ripgrep is run. */
export interface RipgrepEngineOptions {
  /** Seconds that one search may take; default 30. */
  readonly timeoutSeconds?: number
  /** Bytes that ripgrep may print for one search, and 128 for each line on top; default 128 MiB. */
  readonly outputLimitBytes?: number
  /** Bytes of memory that ripgrep may take, watched on Linux; default 1 GiB. */
  readonly memoryLimitBytes?: number
  /** Absolute path of another ripgrep than the one in `@vscode/ripgrep`. */
  readonly executable?: string
}

interface Run {
  readonly query: EngineQuery
  readonly directory: string
  readonly names: readonly string[]
  readonly descriptors: readonly number[]
  readonly deadlineMs: number
  /** What ripgrep may still print for this search. */
  readonly allowance: ResultAllowance
  readonly signal: AbortSignal | undefined
  readonly refused?: Refused | undefined
}

/** Names that must not be found, and what is done when one is. */
interface Refused {
  readonly globs: readonly string[]
  readonly onFound: () => void
}

/** Where names are looked for. */
export interface NameSearch {
  /** Absolute path. */
  readonly directory: string
  /** Relative to it. */
  readonly scope: string
  readonly signal: AbortSignal
}

interface Findings {
  readonly matches: Map<string, EngineMatch>
  readonly binary: string[]
  readonly unreadable: string[]
}

const PROCESSES_AT_A_TIME = 4
const MEMORY_LIMIT_BYTES = 1024 * 1024 * 1024
const DESCRIPTORS_PER_RUN = 64
const FIRST_DESCRIPTOR = 3

/** ripgrep as a child process; of a few small files and a plain text, what it would say, without one. */
export class RipgrepEngine implements SearchEngine {
  readonly #timeoutMs: number
  readonly #outputLimitBytes: number
  readonly #memoryLimitBytes: number
  readonly #executable: string | undefined
  readonly #gate = new Gate(PROCESSES_AT_A_TIME)

  constructor(options: RipgrepEngineOptions = {}) {
    this.#timeoutMs = (options.timeoutSeconds ?? 30) * 1000
    this.#outputLimitBytes = options.outputLimitBytes ?? RESULT_LIMIT_BYTES
    this.#memoryLimitBytes = options.memoryLimitBytes ?? MEMORY_LIMIT_BYTES
    this.#executable = options.executable
    if (!(this.#timeoutMs > 0 && this.#timeoutMs <= 2_147_483_647))
      throw new RangeError(`Cannot run searches for "${options.timeoutSeconds}" seconds: must be above 0`)
  }

  /** Searches the files, in several runs one after the other when they are many. */
  async search(query: EngineQuery, target: EngineTarget, signal?: AbortSignal): Promise<EngineReport> {
    mustBeUsable(query)
    const mayAnswer = this.#executable === undefined && signal?.aborted !== true
    const known = mayAnswer ? searchLiterally(query, target, this.#outputLimitBytes) : undefined
    return known ?? (await this.#search(query, planRuns(target), { signal }))
  }

  /**
   * Searches a directory as a whole; `undefined` as soon as it shows that there is a file in it, at any depth, whose name
   * matches one of the globs.
   */
  async searchUnlessNamed(
    query: EngineQuery,
    globs: readonly string[],
    { directory, scope, signal }: NameSearch,
  ): Promise<EngineReport | undefined> {
    mustBeUsable(query)
    const found = new AbortController()
    const runs = planRuns({ by: 'path', directory, whole: [scope], paths: [] })
    try {
      return await this.#search(query, runs, {
        signal: AbortSignal.any([signal, found.signal]),
        refused: { globs, onFound: () => found.abort() },
      })
    } catch (error) {
      if (found.signal.aborted) return undefined
      throw error
    }
  }

  /**
   * Whether a directory holds anything at any depth whose name matches one of the globs, outside of directories of
   * version control systems. What cannot be listed counts as well: nobody knows what is in there.
   */
  async hasNamed(globs: readonly string[], { directory, scope, signal }: NameSearch): Promise<boolean> {
    const found = new AbortController()
    let isFound = false
    const end = await this.#start({
      arguments: [...nameArguments(globs), `./${scope}`],
      directory,
      descriptors: [],
      mayStall: false,
      deadlineMs: performance.now() + this.#timeoutMs,
      signal: AbortSignal.any([signal, found.signal]),
      onOutput: () => {
        isFound = true
        found.abort()
        return true
      },
    }).catch((error: unknown) => {
      if (isFound) return undefined
      throw error
    })
    return isFound || end?.exitCode !== 1
  }

  async #search(
    query: EngineQuery,
    planned: Iterable<PlannedRun>,
    { signal, refused }: Pick<Run, 'signal' | 'refused'>,
  ): Promise<EngineReport> {
    const deadlineMs = performance.now() + this.#timeoutMs
    const allowance = new ResultAllowance(this.#outputLimitBytes)
    const findings: Findings = { matches: new Map(), binary: [], unreadable: [] }
    let runs = 0
    for (const run of planned) {
      await this.#gate.run(() => this.#run({ ...run, query, deadlineMs, allowance, signal, refused }, findings))
      runs++
    }
    if (runs === 0) await this.#gate.run(() => this.#checkPattern({ query, deadlineMs, allowance, signal }))
    return findings
  }

  async #run(run: Run & { readonly pathOf: (name: string) => string }, findings: Findings): Promise<void> {
    const output = new RipgrepOutput(recordForm(run.query))
    const end = await this.#execute(run, (piece) => output.push(piece))
    const { matches, binary } = output.finish()
    for (const [name, match] of matches) findings.matches.set(run.pathOf(name), match)
    for (const name of binary) {
      findings.binary.push(run.pathOf(name))
      findings.matches.delete(run.pathOf(name))
    }
    if (end.exitCode === 0 || end.exitCode === 1) return
    if (tellsOfRefusal(end.errorText)) run.refused?.onFound()
    const { unreadable, unexplained } = readErrors(end.errorText)
    findings.unreadable.push(...unreadable.map((name) => run.pathOf(name)))
    if (end.exitCode === 2 && unreadable.length > 0 && unexplained === '') return
    await this.#checkPattern(run)
    throw engineFailed(end, unexplained)
  }

  /** Searches nothing, to learn whether the pattern is one. */
  async #checkPattern(run: Pick<Run, 'query' | 'deadlineMs' | 'allowance' | 'signal'>): Promise<void> {
    const end = await this.#execute({ ...run, directory: '/', names: ['-'], descriptors: [] }, () => 0)
    if (end.exitCode === 2) throw invalidPattern(run.query, patternReason(end))
    if (end.exitCode !== 0 && end.exitCode !== 1) throw engineFailed(end, end.errorText)
  }

  /** `onOutput` answers how many lines ended in a piece. */
  async #execute(run: Run, onOutput: (piece: Buffer) => number): Promise<ProcessEnd> {
    return this.#start({
      ...run,
      arguments: [...ripgrepArguments(run.query, run.refused?.globs), ...run.names],
      mayStall: run.descriptors.length === 0,
      onOutput: (piece) => run.allowance.admits(piece.length, onOutput(piece)),
      onErrorText: (piece) => {
        if (tellsOfRefusal(piece.toString('latin1'))) run.refused?.onFound()
      },
    })
  }

  async #start(request: Omit<ProcessRequest, 'file' | 'timeoutMs' | 'memoryLimitBytes'>): Promise<ProcessEnd> {
    return runProcess({
      ...request,
      file: this.#executable ?? (await bundledExecutable()),
      timeoutMs: this.#timeoutMs,
      memoryLimitBytes: this.#memoryLimitBytes,
    })
  }
}

type PlannedRun = Pick<Run, 'directory' | 'names' | 'descriptors'> & { readonly pathOf: (name: string) => string }

function* planRuns(target: EngineTarget): Generator<PlannedRun> {
  if (target.by === 'path') {
    // The leading "./" keeps a name from being read as an option.
    for (const paths of argumentChunks([...(target.whole ?? []), ...target.paths]))
      yield {
        directory: target.directory,
        names: paths.map((path) => `./${path}`),
        descriptors: [],
        // Of the root itself, which is "./", ripgrep prints "./name" as well.
        pathOf: (name) => name.slice(2),
      }
    return
  }
  for (let start = 0; start < target.paths.length; start += DESCRIPTORS_PER_RUN) {
    const paths = target.paths.slice(start, start + DESCRIPTORS_PER_RUN)
    const prefix = '/dev/fd/'
    const pathOf = (name: string): string => paths[Number(name.slice(prefix.length)) - FIRST_DESCRIPTOR] ?? name
    const names = paths.map((_, index) => `${prefix}${index + FIRST_DESCRIPTOR}`)
    yield { directory: '/', names, descriptors: target.descriptors.slice(start, start + DESCRIPTORS_PER_RUN), pathOf }
  }
}

async function bundledExecutable(): Promise<string> {
  try {
    const { rgPath } = await import('@vscode/ripgrep')
    return rgPath
  } catch (error) {
    throw new SearchError('SEARCH_ENGINE_FAILED', 'Cannot find ripgrep: no binary for this platform is installed', {
      cause: error,
    })
  }
}
