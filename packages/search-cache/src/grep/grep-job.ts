import type { DataRoot, FileSignature, SyncResult } from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { SearchEngine } from '../engine/search-engine.js'
import { AWKWARD_NAME, comparePaths } from '../path-order.js'
import type { Findings, SearchJob, SomeContext } from '../search-job.js'
import type { GrepFile } from '../search-result.js'
import type { Selection } from '../selection/selection.js'
import { DescriptorSearch } from './descriptor-search.js'
import { GrepFindings } from './grep-findings.js'
import { noteDirectories, searchByPath, type PathSearch } from './path-search.js'

/** Up to so many files are opened through the root and handed to the engine as descriptors. */
const FEW_FILES = process.platform === 'win32' ? 0 : 64

/** What a `grep` works with. */
export interface GrepJobOptions {
  readonly root: DataRoot
  readonly engine: SearchEngine
  readonly query: CanonicalGrep
}

/** Searches the text of files. */
export class GrepJob implements SearchJob<GrepFile> {
  readonly #options: GrepJobOptions

  constructor(options: GrepJobOptions) {
    this.#options = options
  }

  async searchAll(selection: Selection, basis: SyncResult, signal: AbortSignal): Promise<Findings<GrepFile>> {
    const files = await selection.files()
    const findings = new GrepFindings()
    for (const { path, isWatched } of selection.racy()) findings.addRacy(path, isWatched)
    const directories = files.directories()
    await this.#search({ paths: files.paths, cover: files.cover(), basis, selection, directories, signal }, findings)
    return findings.finish(files.paths.length)
  }

  async searchSome(changed: Iterable<string>, selection: Selection, context: SomeContext): Promise<Findings<GrepFile>> {
    const { root } = this.#options
    const { startedNs } = context.basis
    const findings = new GrepFindings()
    const chosen: string[] = []
    const directories = new Map<string, FileSignature>()
    for (const path of changed) {
      const entry = selection.pick(path)
      if (entry?.kind !== 'file') continue
      chosen.push(path)
      if (root.isRacy(path, entry.signature, startedNs)) findings.addRacy(path, selection.isWatched(entry, startedNs))
    }
    // Only who is told paths could be led elsewhere.
    if (chosen.length > FEW_FILES) for (const path of chosen) noteDirectories(root, path, directories)
    const paths = chosen.sort(comparePaths)
    if (paths.length > 0)
      await this.#search({ paths, cover: { whole: [], paths }, selection, directories, ...context }, findings)
    return findings.finish(chosen.length)
  }

  async #search(search: PathSearch, findings: GrepFindings): Promise<void> {
    const { paths, signal, selection } = search
    const known = (path: string): FileSignature | undefined => selection.known(path)?.signature
    const direct = paths.length <= FEW_FILES ? [...paths] : paths.filter((path) => AWKWARD_NAME.test(path))
    if (paths.length > direct.length || paths.length === 0)
      direct.push(...(await searchByPath(search, this.#options, findings)))
    await new DescriptorSearch({ ...this.#options, signal, known }).search(direct, findings)
  }
}
