import type { DataRoot, FileSignature, SyncResult, TreeEntry, TreeIndex } from '@fsagent/file-state'
import { pathSegments } from '../glob/path-glob.js'
import { isWithin, parentPath } from '../path-order.js'
import { TimeSlices } from '../time-slices.js'
import type { GlobFilter } from './glob-filter.js'
import type { IgnoreFiles } from './ignore-files.js'
import { IgnoreLevels, isIgnored } from './ignore-levels.js'

/** Directories of version control systems are never entered from above. */
const VCS_DIRECTORIES: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj'])

/** Which part of the tree a search is about. */
export interface SelectionOptions {
  readonly root: DataRoot
  readonly index: TreeIndex
  readonly ignoreFiles: IgnoreFiles
  /** The state of the index that the selection speaks of. */
  readonly basis: SyncResult
  readonly scope: string
  /** The part of the tree that the index is current for: the scope, or something below it. */
  readonly currentScope: string
  readonly includeIgnored: boolean
  readonly globs: GlobFilter
}

/** The regular files of a selection. */
export interface SelectedFiles {
  readonly paths: readonly string[]
  /** Those whose signature does not prove what is read now. */
  readonly racy: readonly string[]
  /** Every directory that was entered, with the signature that the index has. */
  readonly directories: ReadonlyMap<string, FileSignature>
}

/**
 * Decides which entries at or below a scope take part in a search: hidden ones do, directories of version control
 * systems and ignored entries do not, globs narrow. A scope that is named explicitly always takes part.
 */
export class Selection {
  readonly #options: SelectionOptions
  readonly #levels: IgnoreLevels
  readonly #scopeDepth: number
  readonly #admitted = new Map<string, boolean>()

  constructor(options: SelectionOptions) {
    this.#options = options
    this.#levels = new IgnoreLevels({ ...options, startedNs: options.basis.startedNs })
    this.#scopeDepth = options.scope === '' ? 0 : options.scope.split('/').length
    this.#admitted.set(options.scope, true)
  }

  /** Whether a change of any ignore file that was looked at is sure to show. */
  get proven(): boolean {
    return this.#levels.proven
  }

  /** The entry at a path when it takes part, found out without walking the tree. */
  pick(path: string): TreeEntry | undefined {
    const entry = this.#options.index.entry(path)
    if (entry === undefined || !isWithin(path, this.#options.scope)) return undefined
    return this.#admits(entry) ? entry : undefined
  }

  /** Those of the paths that take part. Gives the event loop its turns. */
  async pickAll(paths: Iterable<string>): Promise<string[]> {
    const picked: string[] = []
    const slices = new TimeSlices()
    for (const path of paths) {
      if (this.pick(path) !== undefined) picked.push(path)
      if (slices.used) await slices.pause()
    }
    return picked
  }

  /**
   * All entries below the scope that take part, parents before children; the scope itself when it is no directory.
   *
   * @param maxDepth levels below the scope
   */
  *entries(maxDepth = Infinity): Generator<TreeEntry> {
    const { index, scope } = this.#options
    const top = index.entry(scope)
    if (top === undefined) return
    if (top.kind !== 'directory') yield top
    const pending = top.kind === 'directory' ? [{ directory: scope, depth: 1 }] : []
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { directory, depth } = next
      if (depth > maxDepth) continue
      for (const entry of index.children(directory)) {
        if (!this.#admitsIn(entry, directory)) continue
        yield entry
        if (entry.kind === 'directory') pending.push({ directory: entry.path, depth: depth + 1 })
      }
    }
  }

  /** The regular files that take part. Gives the event loop its turns. */
  async files(): Promise<SelectedFiles> {
    const { root, index, scope, basis } = this.#options
    const paths: string[] = []
    const racy: string[] = []
    const directories = new Map<string, FileSignature>()
    const slices = new TimeSlices()
    const top = index.entry(scope)
    if (top?.kind === 'directory') directories.set(scope, top.signature)
    for (const entry of this.entries()) {
      if (entry.kind === 'directory') directories.set(entry.path, entry.signature)
      if (slices.used) await slices.pause()
      if (entry.kind !== 'file') continue
      paths.push(entry.path)
      if (root.isRacy(entry.path, entry.signature, basis.startedNs)) racy.push(entry.path)
    }
    return { paths, racy, directories }
  }

  #admits(entry: TreeEntry): boolean {
    if (entry.path === this.#options.scope) return true
    const directory = parentPath(entry.path)
    return this.#admitsDirectory(directory) && this.#admitsIn(entry, directory)
  }

  #admitsDirectory(path: string): boolean {
    const known = this.#admitted.get(path)
    if (known !== undefined) return known
    const entry = this.#options.index.entry(path)
    const admitted = entry?.kind === 'directory' && this.#admits(entry)
    this.#admitted.set(path, admitted)
    return admitted
  }

  /** Whether an entry of a directory that takes part does so too. */
  #admitsIn(entry: TreeEntry, directory: string): boolean {
    const isDirectory = entry.kind === 'directory'
    if (isDirectory && VCS_DIRECTORIES.has(entry.name)) return false
    const { globs, includeIgnored } = this.#options
    const level = includeIgnored ? undefined : this.#levels.at(directory)
    if (globs.isEmpty && level?.hasRules !== true) return true
    const segments = pathSegments(entry.path)
    if (!globs.admits(segments.slice(this.#scopeDepth), isDirectory)) return false
    return level === undefined || !isIgnored(level, segments, isDirectory)
  }
}
