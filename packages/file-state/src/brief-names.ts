import { Breather } from './breather.js'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import type { Tree } from './tree.js'

/** A name that came or went more often than this since the latest look can have been anything in between. */
const plainMoves = 1

/**
 * Knows when a file may have had a second name that nobody saw.
 *
 * Who gives an indexed file another name, writes through that and removes it leaves no event under the first name. What
 * there is to see is that some name came and went, or that a directory is new and was not watched when that happened.
 * Temporary files look the same, so this costs a look at every file now and then.
 */
export class BriefNames {
  readonly #root: DataRoot
  readonly #tree: Tree
  #isSuspicious = false

  constructor({ root, tree }: { readonly root: DataRoot; readonly tree: Tree }) {
    this.#root = root
    this.#tree = tree
  }

  /** Takes down how often names of a directory came or went. */
  noteMoves(names: ReadonlyMap<string, number>): void {
    if (this.#isSuspicious) return
    for (const moves of names.values()) if (moves > plainMoves) this.#isSuspicious = true
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
