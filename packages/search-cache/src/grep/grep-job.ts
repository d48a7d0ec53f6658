import {
  FileStateError,
  sameSignature,
  type DataRoot,
  type FileSignature,
  type OpenFile,
  type SyncResult,
} from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { EngineMatch, EngineReport, SearchEngine } from '../engine/search-engine.js'
import { ancestorsOf, comparePaths } from '../path-order.js'
import type { Findings, SearchJob, SomeContext } from '../search-job.js'
import type { GrepFile } from '../search-result.js'
import type { Selection } from '../selection/selection.js'
import { TimeSlices } from '../time-slices.js'
import { checkLines } from './checked-lines.js'
import { DescriptorSearch } from './descriptor-search.js'
import { GrepFindings } from './grep-findings.js'
import { SwapGuard } from './swap-guard.js'

/** Up to so many files are opened through the root and handed to the engine as descriptors. */
const FEW_FILES = process.platform === 'win32' ? 0 : 64
/** Names that cannot be passed as arguments, or that would be ambiguous in the engine's output. */
const AWKWARD_NAME = /[\n\p{Surrogate}]/u

/** What a `grep` works with. */
export interface GrepJobOptions {
  readonly root: DataRoot
  readonly engine: SearchEngine
  readonly query: CanonicalGrep
}

interface PathSearch {
  readonly paths: readonly string[]
  readonly basis: SyncResult
  readonly directories: ReadonlyMap<string, FileSignature>
  readonly selection: Selection
  readonly signal: AbortSignal
}

/** Searches the text of files. */
export class GrepJob implements SearchJob<GrepFile> {
  readonly #options: GrepJobOptions

  constructor(options: GrepJobOptions) {
    this.#options = options
  }

  async searchAll(selection: Selection, basis: SyncResult, signal: AbortSignal): Promise<Findings<GrepFile>> {
    const { paths, racy, directories } = await selection.files()
    const findings = new GrepFindings()
    for (const path of racy) findings.unproven.add(path)
    await this.#search({ paths, basis, selection, directories, signal }, findings)
    return findings.finish(paths.length)
  }

  async searchSome(paths: Iterable<string>, selection: Selection, context: SomeContext): Promise<Findings<GrepFile>> {
    const { root } = this.#options
    const findings = new GrepFindings()
    const chosen: string[] = []
    const directories = new Map<string, FileSignature>()
    for (const path of paths) {
      const entry = selection.pick(path)
      if (entry?.kind !== 'file') continue
      chosen.push(path)
      if (root.isRacy(path, entry.signature, context.basis.startedNs)) findings.unproven.add(path)
      this.#noteDirectories(path, directories)
    }
    if (chosen.length > 0)
      await this.#search({ paths: chosen.sort(comparePaths), selection, directories, ...context }, findings)
    return findings.finish(chosen.length)
  }

  async #search(search: PathSearch, findings: GrepFindings): Promise<void> {
    const { engine, query, root } = this.#options
    const direct =
      search.paths.length <= FEW_FILES ? [...search.paths] : search.paths.filter((path) => AWKWARD_NAME.test(path))
    const byDescriptor = new DescriptorSearch({ root, engine, query, signal: search.signal })
    if (search.paths.length > direct.length || search.paths.length === 0)
      direct.push(...(await this.#searchByPath(search, findings)))
    await byDescriptor.search(direct, findings)
  }

  /** Answers with the files that have to be searched again by descriptor. */
  async #searchByPath(search: PathSearch, findings: GrepFindings): Promise<string[]> {
    const { root, engine, query } = this.#options
    const paths = search.paths.filter((path) => !AWKWARD_NAME.test(path))
    const directories = new Map(search.directories)
    const [first] = paths
    if (first !== undefined) this.#noteDirectories(first, directories)
    const report = await engine.search(query, { by: 'path', directory: root.path, paths }, search.signal)
    const guard = new SwapGuard(root, directories, search.basis.startedNs)
    const slices = new TimeSlices()
    for (const path of paths) {
      if (guard.isSuspect(path)) findings.unproven.add(path)
      if (slices.used) await slices.pause()
    }
    findings.addUnreadable(report.unreadable)
    const doubtful = report.binary.filter((path) => guard.isSuspect(path))
    findings.addBinary(report.binary.filter((path) => !guard.isSuspect(path)))
    doubtful.push(...(await this.#checkMatches(report, { ...search, guard }, findings)))
    return doubtful
  }

  async #checkMatches(
    report: EngineReport,
    search: PathSearch & { readonly guard: SwapGuard },
    findings: GrepFindings,
  ): Promise<string[]> {
    const doubtful: string[] = []
    const slices = new TimeSlices()
    for (const [path, match] of report.matches) {
      search.signal.throwIfAborted()
      if (slices.used) await slices.pause()
      const isSettled = !search.guard.isSuspect(path) && (await this.#checkMatch({ path, match }, search, findings))
      if (!isSettled) doubtful.push(path)
    }
    return doubtful
  }

  async #checkMatch(
    found: { readonly path: string; readonly match: EngineMatch },
    search: PathSearch,
    findings: GrepFindings,
  ): Promise<boolean> {
    const { query } = this.#options
    const { path, match } = found
    using file = this.#open(path)
    if (file === undefined || file.realPath !== path) return false
    // Without lines to compare, only the signature can tell that the engine counted in this very file.
    const entry = match.lines.length > 0 ? undefined : search.selection.pick(path)
    if (match.lines.length === 0 && (entry === undefined || !sameSignature(entry.signature, file.signature)))
      return false
    const checked = await checkLines(
      { path, descriptor: file.descriptor, sizeBytes: file.signature.size },
      match,
      query,
    )
    if (checked === 'different') return false
    if (checked === 'binary') findings.addBinary([path])
    else findings.items.push(checked)
    return true
  }

  #open(path: string): OpenFile | undefined {
    try {
      return this.#options.root.open(path)
    } catch (error) {
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }

  /** Takes the signatures of the directories above a path that are not known yet. */
  #noteDirectories(path: string, directories: Map<string, FileSignature>): void {
    for (const directory of ancestorsOf(path)) {
      if (directories.has(directory)) continue
      const signature = this.#options.root.signatureSync(directory)
      if (signature !== undefined) directories.set(directory, signature)
    }
  }
}
