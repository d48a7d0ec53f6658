import { accessSync, constants, lstatSync, readdirSync } from 'node:fs'
import {
  type DataRoot,
  type DirectoryEntry,
  type FileSignature,
  type Foothold,
  signatureOf,
  type TreeEntry,
} from '@fsagent/file-state'
import { baseName, comparePaths, isWithin, joinPath, parentPath } from '../path-order.js'
import type { TreeView } from '../selection/tree-view.js'
import { UnclearTreeError } from './unclear-tree-error.js'

const REPLACEMENT_CHARACTER = '\uFFFD'

/** A directory that the tree stands in, and its path. */
interface Step {
  readonly path: string
  readonly foothold: Foothold
}

/**
 * A tree as it is when it is asked, for a search that is done once: it looks at no file that nobody asks about, which is
 * most of what an index does.
 *
 * Whoever walks it depth first steps into each directory once, from the one above, so that nothing outside the root can
 * be reached. What an index would describe in a way of its own, such as a directory that cannot be listed, is thrown as
 * {@link UnclearTreeError}.
 */
export class LiveTree implements TreeView, Disposable {
  readonly excluded: readonly string[]
  readonly #root: DataRoot
  readonly #steps: Step[] = []

  constructor(root: DataRoot, excluded: readonly string[]) {
    this.#root = root
    this.excluded = excluded
  }

  entry(path: string): TreeEntry | undefined {
    if (this.#isExcluded(path)) return undefined
    try {
      const stats = path === '' ? this.#at('').stats() : this.#look(path)
      if (stats === undefined) return undefined
      return { path, name: baseName(path), kind: kindOf(stats), signature: signatureOf(stats), sequence: 0 }
    } catch (error) {
      throw new UnclearTreeError(path, error)
    }
  }

  list(directory: string): readonly DirectoryEntry[] {
    try {
      const { location } = this.#at(directory)
      const entries = readdirSync(location, { withFileTypes: true })
      // Without it the names can be read, but nothing can be learned about what they name.
      if (entries.length > 0) accessSync(location, constants.X_OK)
      const listed: DirectoryEntry[] = []
      for (const entry of entries) {
        if (entry.name.includes(REPLACEMENT_CHARACTER)) throw new TypeError('a name may not be UTF-8')
        if (!this.#isExcluded(joinPath(directory, entry.name))) listed.push({ name: entry.name, kind: kindOf(entry) })
      }
      return listed.sort((left, right) => comparePaths(left.name, right.name))
    } catch (error) {
      throw new UnclearTreeError(directory, error)
    }
  }

  unreadable(): readonly string[] {
    return []
  }

  /** What is found in a live tree is not kept, so that nothing has to be looked at again. */
  racyBySignature(): readonly string[] {
    return []
  }

  isRacy(path: string, signature: FileSignature, readStartedNs: bigint): boolean {
    return this.#root.isRacy(path, signature, readStartedNs)
  }

  [Symbol.dispose](): void {
    for (const { foothold } of this.#steps.splice(0)) foothold[Symbol.dispose]()
  }

  #isExcluded(path: string): boolean {
    return this.excluded.some((excluded) => isWithin(path, excluded))
  }

  #look(path: string): ReturnType<Foothold['stats']> | undefined {
    return lstatSync(this.#at(parentPath(path)).at(baseName(path)), { bigint: true, throwIfNoEntry: false })
  }

  /** Goes back to where the way to the directory branches off, and on from there. */
  #at(directory: string): Foothold {
    while (!isWithin(directory, this.#steps.at(-1)?.path ?? directory)) this.#steps.pop()?.foothold[Symbol.dispose]()
    let step = this.#steps.at(-1) ?? this.#begin(directory)
    while (step.path !== directory) {
      const rest = directory.slice(step.path === '' ? 0 : step.path.length + 1)
      const name = rest.split('/', 1)[0] ?? ''
      const foothold = step.foothold.enter(name)
      if (foothold === undefined) throw new TypeError('it is not a directory any more')
      step = { path: joinPath(step.path, name), foothold }
      this.#steps.push(step)
    }
    return step.foothold
  }

  #begin(directory: string): Step {
    const step = { path: directory, foothold: this.#root.openDirectory(directory) }
    this.#steps.push(step)
    return step
  }
}

interface Kinds {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

function kindOf(entry: Kinds): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'symlink' : 'other'
}
