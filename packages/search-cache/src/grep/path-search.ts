import type { DataRoot, FileSignature, SyncResult } from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { EngineMatch, EngineReport, SearchEngine } from '../engine/search-engine.js'
import { unlessStalled } from '../engine/stalled-error.js'
import { ancestorsOf, AWKWARD_NAME } from '../path-order.js'
import type { PathCover } from '../selection/selected-files.js'
import type { Selection } from '../selection/selection.js'
import { TimeSlices } from '../time-slices.js'
import { checkLines } from './checked-lines.js'
import type { GrepFindings } from './grep-findings.js'
import { SwapGuard } from './swap-guard.js'

/** What is searched by an engine that opens files by their paths. */
export interface PathSearch {
  /** Every file that is searched. */
  readonly paths: readonly string[]
  /** The same, as the engine is told. */
  readonly cover: PathCover
  readonly basis: SyncResult
  readonly directories: ReadonlyMap<string, FileSignature>
  readonly selection: Selection
  readonly signal: AbortSignal
}

/** Who is asked. */
export interface PathSearchTools {
  readonly root: DataRoot
  readonly engine: SearchEngine
  readonly query: CanonicalGrep
}

interface CheckedSearch extends PathSearch, PathSearchTools {
  readonly guard: SwapGuard
}

/** Searches by path and answers with the files that have to be searched again by descriptor. */
export async function searchByPath(
  search: PathSearch,
  tools: PathSearchTools,
  findings: GrepFindings,
): Promise<string[]> {
  const { root } = tools
  const directories = new Map(search.directories)
  const [first] = search.paths
  if (first !== undefined) noteDirectories(root, first, directories)
  const report = await unlessStalled(run(search, tools))
  if (report === undefined) return search.paths.filter(isPlain)
  const guard = new SwapGuard(root, directories, search.basis.startedNs)
  const slices = new TimeSlices()
  if (guard.isAnySuspect()) {
    for (const path of search.paths) {
      if (guard.isSuspect(path)) findings.unproven.add(path)
      if (slices.used) await slices.pause()
    }
  }
  findings.addUnreadable(report.unreadable)
  const checked = { ...search, ...tools, guard }
  const binary = report.binary.filter((path) => isSelected(path, search))
  findings.addBinary(binary.filter((path) => !guard.isSuspect(path)))
  const doubtful = binary.filter((path) => guard.isSuspect(path))
  return [...doubtful, ...(await checkMatches(report, checked, findings))]
}

/** Takes the signatures of the directories above a path that are not known yet. */
export function noteDirectories(root: DataRoot, path: string, directories: Map<string, FileSignature>): void {
  for (const directory of ancestorsOf(path)) {
    if (directories.has(directory)) continue
    const signature = root.signatureSync(directory)
    if (signature !== undefined) directories.set(directory, signature)
  }
}

/**
 * Has the engine list whole directories itself. What it could not list it did not search, without a word about the files
 * below: then it is told every file by name.
 */
async function run(search: PathSearch, { root, engine, query }: PathSearchTools): Promise<EngineReport> {
  const { cover, signal } = search
  const target = { by: 'path', directory: root.path } as const
  if (cover.whole.length > 0) {
    const paths = cover.paths.filter(isPlain)
    const report = await engine.search(query, { ...target, whole: cover.whole, paths }, signal)
    if (report.unreadable.every((path) => isSelected(path, search))) return report
  }
  return engine.search(query, { ...target, paths: search.paths.filter(isPlain) }, signal)
}

/** Others are searched by descriptor from the beginning. */
function isPlain(path: string): boolean {
  return !AWKWARD_NAME.test(path)
}

/** An engine that lists directories itself also meets what came later, or is no file of the index. */
function isSelected(path: string, { selection }: PathSearch): boolean {
  return selection.pick(path)?.kind === 'file'
}

async function checkMatches(report: EngineReport, search: CheckedSearch, findings: GrepFindings): Promise<string[]> {
  const doubtful: string[] = []
  const slices = new TimeSlices()
  for (const [path, match] of report.matches) {
    search.signal.throwIfAborted()
    if (slices.used) await slices.pause()
    if (!isSelected(path, search)) continue
    const isSettled = !search.guard.isSuspect(path) && (await checkMatch({ path, match }, search, findings))
    if (!isSettled) doubtful.push(path)
  }
  return doubtful
}

/** Whether the very file that the index knows is what the engine read. */
async function checkMatch(
  { path, match }: { readonly path: string; readonly match: EngineMatch },
  { root, query, selection, signal }: CheckedSearch,
  findings: GrepFindings,
): Promise<boolean> {
  const entry = selection.pick(path)
  if (entry === undefined) return false
  using file = root.openProven(path, entry.signature)
  if (file === undefined) return false
  const opened = { path, descriptor: file.descriptor, sizeBytes: file.signature.size }
  const checked = await checkLines(opened, match, { query, signal, allowance: findings.allowance })
  if (checked === 'different') return false
  if (checked === 'binary') findings.addBinary([path])
  else findings.items.push(checked)
  return true
}
