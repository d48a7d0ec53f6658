import { Breather } from './breather.js'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import type { Told } from './directory-watch.js'
import type { Tree } from './tree.js'

/** A name that came or went more often than this since the latest look can have been anything in between. */
const plainMoves = 1

/**
 * Knows when a file may have been written under a name that it has no more, or that nobody saw.
 *
 * Who gives an indexed file another name, writes through that and removes it leaves no event under the first name. What
 * there is to see is that some name came and went, or that a directory is new and was not watched when that happened.
 * Temporary files look the same, so this costs a look at every file now and then.
 *
 * Who opened a file and writes on after it got another name and lost the first one, as when a log is put aside by a link,
 * raises events under the first name. What there is to see is a write to what is not there, or looks as it did.
 */
export class BriefNames {
  readonly #root: DataRoot
  readonly #tree: Tree
  #isSuspicious = false
  /** What events told of names that are being looked at. */
  readonly #told = new Map<DirectoryNode, ReadonlyMap<string, Told>>()

  constructor({ root, tree }: { readonly root: DataRoot; readonly tree: Tree }) {
    this.#root = root
    this.#tree = tree
  }

  /** Takes down what events told of names in a directory, which are looked at next. */
  noteTold(node: DirectoryNode, names: ReadonlyMap<string, Told>): void {
    if (this.#isSuspicious) return
    this.#told.set(node, names)
    for (const { moves } of names.values()) if (moves > plainMoves) this.#isSuspicious = true
  }

  /** Takes down names that are not there, or look as they did. */
  noteUnwritten(node: DirectoryNode, names: readonly string[]): void {
    if (this.#isSuspicious) return
    const told = this.#told.get(node)
    this.#isSuspicious = names.some((name) => told?.get(name)?.isWritten === true)
  }

  /** Takes down that a directory was not watched for a while. */
  noteNewDirectory(): void {
    this.#isSuspicious = true
  }

  /**
   * Takes down that all directories were watched anew since a time, in nanoseconds since the epoch. A name that came and
   * went before a directory was watched has stamped it.
   */
  async noteScan(startedNs: bigint): Promise<void> {
    this.#isSuspicious = false
    const breather = new Breather()
    for (const node of this.#tree.directories()) {
      if (breather.isDue) await breather.pause()
      const { path } = node
      const signature = this.#root.signatureSync(path)
      if (signature !== undefined && !this.#root.isRacy(path, signature, startedNs)) continue
      this.#isSuspicious = true
      return
    }
  }

  /** Whether files have to be looked at; the answer is given once. */
  takeSuspicion(): boolean {
    const isSuspicious = this.#isSuspicious
    this.#isSuspicious = false
    this.#told.clear()
    return isSuspicious
  }

  /** Files and links that do not look as they did, by their directories. */
  async findChanged(): Promise<ReadonlyMap<DirectoryNode, readonly string[]>> {
    const breather = new Breather()
    const changed = new Map<DirectoryNode, string[]>()
    for (const node of this.#tree.directories()) {
      const { path, names, slots } = node
      for (const [index, name] of names.entries()) {
        const slot = slots[index]
        if (slot === undefined || node.directories.has(name)) continue
        if (breather.isDue) await breather.pause()
        const signature = this.#root.lstatSync(joinPath(path, name))
        if (signature !== undefined && this.#tree.table.holds(slot, signature)) continue
        changed.set(node, [...(changed.get(node) ?? []), name])
      }
    }
    return changed
  }
}
