import type { DirectoryEntry, FileSignature } from '@fsagent/file-state'
import { AWKWARD_NAME, joinPath, parentPath } from '../path-order.js'
import type { TreeView } from './tree-view.js'

/** What an engine that opens files by path is told to search. */
export interface PathCover {
  /** Directories of which everything takes part; none lies within another. */
  readonly whole: readonly string[]
  /** The files that lie in none of them. */
  readonly paths: readonly string[]
}

/** The regular files that take part in a search, and the directories that they lie in. */
export class SelectedFiles {
  readonly paths: string[] = []
  readonly #index: TreeView
  /** Directories of which an engine would see more, or less, than the index. */
  readonly #holes: ReadonlySet<string>
  /** Every directory that was entered, parents first, and whether all of it takes part, as far as is known. */
  readonly #directories = new Map<string, { isWhole: boolean; readonly first: number; readonly end: number }>()

  constructor(index: TreeView) {
    this.#index = index
    this.#holes = new Set([...index.excluded.map((path) => parentPath(path)), ...index.unreadable('')])
  }

  /** Adds what takes part of a directory; the one above was added before. */
  addDirectory(directory: string, entries: readonly DirectoryEntry[], isWhole: boolean): void {
    const first = this.paths.length
    for (const { name, kind } of entries) if (kind === 'file') this.paths.push(joinPath(directory, name))
    const isPlain = !this.#holes.has(directory) && !AWKWARD_NAME.test(directory)
    this.#directories.set(directory, { isWhole: isWhole && isPlain, first, end: this.paths.length })
  }

  /** The signatures that the index has of the directories. */
  directories(): Map<string, FileSignature> {
    const signatures = new Map<string, FileSignature>()
    for (const directory of this.#directories.keys()) {
      const entry = this.#index.entry(directory)
      if (entry !== undefined) signatures.set(directory, entry.signature)
    }
    return signatures
  }

  /** Names directories instead of all their files where that comes to the same: an engine lists them much faster. */
  cover(): PathCover {
    for (const [directory, { isWhole }] of [...this.#directories].toReversed()) {
      const above = this.#directories.get(parentPath(directory))
      if (!isWhole && directory !== '' && above !== undefined) above.isWhole = false
    }
    if (this.#directories.size === 0) return { whole: [], paths: this.paths }
    const whole: string[] = []
    const paths: string[] = []
    for (const [directory, { isWhole, first, end }] of this.#directories) {
      if (!isWhole) for (let index = first; index < end; index++) paths.push(this.paths[index] ?? '')
      else if (directory === '' || this.#directories.get(parentPath(directory))?.isWhole !== true) whole.push(directory)
    }
    return { whole, paths }
  }
}
