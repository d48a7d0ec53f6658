import { setTimeout as delay } from 'node:timers/promises'
import { FileStateError, type DataRoot } from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { NameSearch, RipgrepEngine } from '../engine/ripgrep-engine.js'
import type { EngineMatch, EngineReport } from '../engine/search-engine.js'
import { checkLines } from '../grep/checked-lines.js'
import { DescriptorSearch } from '../grep/descriptor-search.js'
import { GrepFindings } from '../grep/grep-findings.js'
import { lineText } from '../grep/line-extractor.js'
import { AWKWARD_NAME, isWithin } from '../path-order.js'
import type { Findings } from '../search-job.js'
import type { GrepFile } from '../search-result.js'
import { IGNORE_NAMES, ignoreStateAbove, NO_IGNORE_FILE } from '../selection/ignore-levels.js'
import type { PathCover } from '../selection/selected-files.js'
import type { Selection } from '../selection/selection.js'
import { hasIgnoreFilesNear } from './ignore-files-near.js'
import { QuietDirectories } from './quiet-directories.js'
import { UnclearTreeError } from './unclear-tree-error.js'

/** What a direct search works with. */
export interface DirectGrepOptions {
  readonly root: DataRoot
  readonly engine: RipgrepEngine
  readonly query: CanonicalGrep
  /** Paths that are left out with all below them. */
  readonly excluded: readonly string[]
  /** What takes part, over a tree that is looked at as it is asked. */
  readonly selection: Selection
  readonly signal: AbortSignal
}

/** What was found, and what it takes to store it later. */
export interface DirectFindings {
  readonly findings: Findings<GrepFile>
  readonly quiet: QuietDirectories
  /** How long it took to list the tree, in milliseconds; `Infinity` when that was not tried. */
  readonly listingMs: number
}

const REPLACEMENT_CHARACTER = '\uFFFD'
/** By then it pays to know early that the search is for nothing, and whether the answer is worth being stored. */
const LONG_SEARCH_MS = 1000
/** Names that cannot be told apart in what the engine prints, so that it passes them over. */
const AWKWARD_GLOBS = ['*\n*', '**/*\n*/**']

/**
 * Searches without an index: the engine lists the directories itself, and what it says is taken where nothing moved
 * meanwhile. The same answer as with an index, or an {@link UnclearTreeError}.
 */
export class DirectGrep {
  readonly #options: DirectGrepOptions
  readonly #findings = new GrepFindings()
  readonly #quiet: QuietDirectories
  readonly #startedMs = performance.now()
  #listingMs = Infinity

  constructor(options: DirectGrepOptions) {
    this.#options = options
    this.#quiet = new QuietDirectories(options.root)
  }

  /** @throws UnclearTreeError; SearchError as the engine does */
  async search(): Promise<DirectFindings> {
    const { root, query, signal } = this.#options
    const isFile = root.stat(query.scope).kind === 'file'
    const doubtful = isFile ? [query.scope] : await this.#searchDirectory()
    await new DescriptorSearch({ ...this.#options, signal }).search(doubtful, this.#findings)
    const findings = this.#findings.finish(0)
    // Names that only the engine gave may have come from outside while a directory was exchanged.
    if (findings.unreadable.length > 0) throw new UnclearTreeError(query.scope)
    return { findings, quiet: this.#quiet, listingMs: this.#listingMs }
  }

  /** Answers with the files that have to be searched by descriptor. */
  async #searchDirectory(): Promise<string[]> {
    const { query } = this.#options
    const report = this.#mayBeWhole() ? await this.#searchWhole() : undefined
    if (report !== undefined) return this.#take(report)
    const files = await this.#options.selection.files()
    this.#listingMs = performance.now() - this.#startedMs
    const awkward = files.paths.filter((path) => AWKWARD_NAME.test(path))
    if (awkward.length > 0) throw new UnclearTreeError(query.scope)
    return this.#take(await this.#run(files.cover(), this.#options.signal))
  }

  /** Whether everything below the scope may take part, as far as that shows at its top. */
  #mayBeWhole(): boolean {
    const { query, excluded, root } = this.#options
    if (query.globs.length > 0 || excluded.some((path) => isWithin(path, query.scope))) return false
    if (query.includeIgnored) return true
    const above = ignoreStateAbove(root, `${query.scope === '' ? '' : `${query.scope}/`}x`)
    return above.split(' ').every((state) => state === NO_IGNORE_FILE) && !hasIgnoreFilesNear(root, query.scope)
  }

  /** Searches all there is; `undefined` as soon as names show that speak against it. */
  async #searchWhole(): Promise<EngineReport | undefined> {
    const { engine, query, root, signal } = this.#options
    const controller = new AbortController()
    const names = query.includeIgnored ? AWKWARD_GLOBS : [...IGNORE_NAMES, ...AWKWARD_GLOBS]
    const place = {
      directory: root.path,
      scope: query.scope,
      signal: AbortSignal.any([signal, controller.signal]),
    }
    const searching = engine.searchUnlessNamed(query, names, place)
    const listed = this.#listInLongSearch(names, place)
    try {
      const report = await Promise.race([searching, listed.then((isNamed) => (isNamed ? undefined : searching))])
      if (report !== undefined) mustBeReadable(report, query.scope)
      return report
    } finally {
      controller.abort()
    }
  }

  /**
   * Whether there are such names, by a second run that only lists: a search that takes long may come upon them late, and
   * then all of it was for nothing. Never rejects: what the search says counts.
   */
  async #listInLongSearch(names: readonly string[], place: NameSearch): Promise<boolean> {
    try {
      await delay(LONG_SEARCH_MS, undefined, { signal: place.signal, ref: false })
      const startedMs = performance.now()
      const isNamed = await this.#options.engine.hasNamed(names, place)
      this.#listingMs = performance.now() - startedMs
      return isNamed
    } catch {
      return false
    }
  }

  async #run({ whole, paths }: PathCover, signal: AbortSignal): Promise<EngineReport> {
    const { engine, query, root } = this.#options
    const report = await engine.search(query, { by: 'path', directory: root.path, whole, paths }, signal)
    mustBeReadable(report, query.scope)
    return report
  }

  async #take(report: EngineReport): Promise<string[]> {
    const doubtful: string[] = []
    for (const path of report.binary) if (this.#isCertain(path)) this.#findings.addBinary([path])
    for (const [path, match] of report.matches) {
      this.#options.signal.throwIfAborted()
      const taken = this.#isCertain(path) && (await this.#takeMatch(path, match))
      if (!taken) doubtful.push(path)
    }
    doubtful.push(...report.binary.filter((path) => !this.#isCertain(path)))
    return doubtful
  }

  /** Whether the engine opened the file that is at the path. */
  #isCertain(path: string): boolean {
    if (path.includes(REPLACEMENT_CHARACTER)) throw new UnclearTreeError(path)
    return this.#quiet.isQuietAround(path)
  }

  async #takeMatch(path: string, match: EngineMatch): Promise<boolean> {
    const { query } = this.#options
    const isPlain = query.mode === 'content' && query.before === 0 && query.after === 0
    // The engine leaves out a byte order mark.
    if (!isPlain || match.lines[0]?.line === 1) return this.#checkMatch(path, match)
    const matches = match.lines.map(({ line, bytes }) => ({
      line,
      ...lineText(bytes),
      kind: 'match' as const,
    }))
    this.#findings.items.push({ path, count: match.count, matches })
    return true
  }

  /** Whether the lines are in the file as the engine said. */
  async #checkMatch(path: string, match: EngineMatch): Promise<boolean> {
    const { query, signal } = this.#options
    try {
      using file = this.#options.root.open(path)
      if (file.realPath !== path) return false
      const opened = { path, descriptor: file.descriptor, sizeBytes: file.signature.size }
      const checked = await checkLines(opened, match, { query, signal, allowance: this.#findings.allowance })
      if (checked === 'different') return false
      if (checked === 'binary') this.#findings.addBinary([path])
      else this.#findings.items.push(checked)
      return true
    } catch (error) {
      if (error instanceof FileStateError) return false
      throw error
    }
  }
}

function mustBeReadable({ unreadable }: EngineReport, scope: string): void {
  if (unreadable.length > 0) throw new UnclearTreeError(scope)
}
