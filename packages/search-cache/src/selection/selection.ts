import type { DataRoot, DirectoryEntry, SyncResult, TreeEntry } from '@fsagent/file-state'
import { pathSegments } from '../glob/path-glob.js'
import { isWithin, joinPath, parentPath } from '../path-order.js'
import { TimeSlices } from '../time-slices.js'
import type { GlobFilter } from './glob-filter.js'
import type { IgnoreFiles } from './ignore-files.js'
import { type IgnoreLevel, IgnoreLevels, isIgnored } from './ignore-levels.js'
import { SelectedFiles } from './selected-files.js'
import type { TreeView } from './tree-view.js'
import { VCS_DIRECTORIES } from './vcs-directories.js'

/** Which part of the tree a search is about. */
export interface SelectionOptions {
  readonly root: DataRoot
  readonly index: TreeView
  readonly ignoreFiles: IgnoreFiles
  /** The state of the index that the selection speaks of. */
  readonly basis: SyncResult
  readonly scope: string
  /** The part of the tree that the index is current for: the scope, or something below it. */
  readonly currentScope: string
  readonly includeIgnored: boolean
  readonly globs: GlobFilter
}

/** What takes part of a directory. */
export interface Listing {
  readonly directory: string
  readonly entries: readonly DirectoryEntry[]
  /** Nothing but directories of version control systems was left out. */
  readonly isWhole: boolean
  /** Levels below the scope, 1 for what lies in it. */
  readonly depth: number
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

  /** What the index knows of an entry that takes part. */
  known(path: string): TreeEntry | undefined {
    return this.#options.index.entry(path)
  }

  /** Files that could change after `basis` and keep their signature, and whether the index would be told. */
  racy(): { readonly path: string; readonly isWatched: boolean }[] {
    const { index, scope, basis } = this.#options
    return index.racyBySignature(scope, basis.startedNs).flatMap((path) => {
      const entry = this.pick(path)
      return entry === undefined ? [] : [{ path, isWatched: this.isWatched(entry, basis.startedNs) }]
    })
  }

  /** Whether the index would be told of a change of a file, however it looks. */
  isWatched({ path, signature }: TreeEntry, startedNs: bigint): boolean {
    return !this.#options.index.isRacy(path, signature, startedNs)
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
  *listings(maxDepth = Infinity): Generator<Listing> {
    const { index, scope } = this.#options
    const top = index.entry(scope)
    if (top !== undefined && top.kind !== 'directory')
      yield { directory: parentPath(scope), entries: [top], isWhole: false, depth: 0 }
    for (const listing of this.#listings(maxDepth)) if (listing.depth <= maxDepth) yield listing
  }

  /** The regular files that take part. Gives the event loop its turns. */
  async files(): Promise<SelectedFiles> {
    const { index, scope } = this.#options
    const files = new SelectedFiles(index)
    const slices = new TimeSlices()
    if (index.entry(scope)?.kind === 'file') files.paths.push(scope)
    for (const { directory, entries, isWhole } of this.#listings(Infinity)) {
      files.addDirectory(directory, entries, isWhole)
      if (slices.used) await slices.pause()
    }
    return files
  }

  /** What takes part of each directory, parents before children. */
  *#listings(maxDepth: number): Generator<Listing> {
    const { index, scope, includeIgnored } = this.#options
    const pending = index.entry(scope)?.kind === 'directory' ? [{ directory: scope, depth: 1 }] : []
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { directory, depth } = next
      const listed = index.list(directory)
      const level = includeIgnored ? undefined : this.#levels.at(directory, listed)
      const entries: DirectoryEntry[] = []
      let isWhole = true
      for (const entry of listed) {
        if (this.#admitsAt(entry, directory, level)) entries.push(entry)
        else isWhole &&= entry.kind === 'directory' && VCS_DIRECTORIES.has(entry.name)
      }
      yield { directory, entries, isWhole, depth }
      if (depth >= maxDepth) continue
      for (const { name, kind } of entries)
        if (kind === 'directory') pending.push({ directory: joinPath(directory, name), depth: depth + 1 })
    }
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
    return this.#admitsAt(entry, directory, this.#options.includeIgnored ? undefined : this.#levels.at(directory))
  }

  #admitsAt(entry: DirectoryEntry, directory: string, level: IgnoreLevel | undefined): boolean {
    const isDirectory = entry.kind === 'directory'
    if (isDirectory && VCS_DIRECTORIES.has(entry.name)) return false
    const { globs } = this.#options
    if (globs.isEmpty && level?.hasRules !== true) return true
    const segments = pathSegments(joinPath(directory, entry.name))
    if (!globs.admits(segments.slice(this.#scopeDepth), isDirectory)) return false
    return level === undefined || !isIgnored(level, segments, isDirectory)
  }
}
