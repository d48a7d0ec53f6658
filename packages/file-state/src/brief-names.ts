import { Breather } from './breather.js'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import { ownName, type Told } from './directory-watch.js'
import { kindOfMode } from './entry-kind.js'
import type { Tree } from './tree.js'

/** A name that came or went more often than this since the latest look can have been anything in between. */
const plainMoves = 1

/** A name that came and went was, from the one to the other, what a glimpse in between saw. */
const glimpsedMoves = 2

/** A name that came or went. */
interface Moved {
  readonly node: DirectoryNode
  readonly name: string
  /** Whether it is known what it named all the time, if it is now as it was looked at. */
  isKnown: boolean
  /** Whether it can only have lost what it named, as far as that was written to, if its directory is gone. */
  readonly isOld: boolean
}

/** What a look at names of a directory came to. */
interface LookedAt {
  /** Names that are not there. */
  readonly gone: readonly string[]
  /** Names that are not there, or look as they did. */
  readonly unwritten: readonly string[]
}

/**
 * Knows when a file may have been written under a name that it has no more, or that nobody saw.
 *
 * Who gives an indexed file another name, writes through that and removes it leaves no event under the first name. What
 * there is to see is that some name came and went, or that a directory is new and was not watched when that happened.
 * Temporary files look the same, and a look at every file tells. Most are seen while they are there: what then has no
 * other name is no indexed file, unless one went under another name, of which there are events.
 *
 * Who opened a file and writes on after it got another name and lost the first one, as when a log is put aside by a link,
 * raises events under the first name. What there is to see is a write to what is not there, or looks as it did.
 */
export class BriefNames {
  readonly #root: DataRoot
  readonly #tree: Tree
  #isSuspicious = false
  /** Names that came or went. */
  readonly #moved = new Map<Told, Moved>()
  /** What events told of names that are being looked at. */
  readonly #told = new Map<DirectoryNode, ReadonlyMap<string, Told>>()

  constructor({ root, tree }: { readonly root: DataRoot; readonly tree: Tree }) {
    this.#root = root
    this.#tree = tree
  }

  /** Whether a name that just came or went is the only one of a file or link now. */
  isPlain(node: DirectoryNode, name: string): boolean {
    const stats = this.#root.lstatSync(joinPath(node.path, name))
    return stats !== undefined && stats.nlink === 1n && kindOfMode(stats.mode) !== 'directory'
  }

  /** Takes down what events told of names in a directory, which are looked at next. */
  noteTold(node: DirectoryNode, names: ReadonlyMap<string, Told>): void {
    if (this.#isSuspicious) return
    this.#told.set(node, names)
    for (const [name, told] of names) {
      const { moves, isPlain, isWritten } = told
      // What a directory itself was told of shows in the one above.
      if (name === ownName || moves === 0) continue
      if (moves > (isPlain ? glimpsedMoves : plainMoves)) this.#isSuspicious = true
      const isKnown = moves <= plainMoves
      this.#moved.set(told, { node, name, isKnown, isOld: isKnown && !isWritten && node.slotOf(name) !== undefined })
    }
  }

  /** Takes down names that are not there, and among others those that look as they did. */
  noteLooked(node: DirectoryNode, { gone, unwritten }: LookedAt): void {
    if (this.#isSuspicious) return
    const names = this.#told.get(node)
    this.#isSuspicious = unwritten.some((name) => names?.get(name)?.isWritten === true)
    for (const name of gone) {
      const told = names?.get(name)
      const moved = told === undefined ? undefined : this.#moved.get(told)
      if (moved !== undefined) moved.isKnown = true
    }
  }

  /** Whether names may have come or gone once more before they were looked at: events that are to come in tell. */
  get isInDoubt(): boolean {
    return !this.#isSuspicious && this.#moved.size > 0
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
    this.#moved.clear()
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

  /** Whether files have to be looked at; the answer is given once, and when no event is to come that matters. */
  takeSuspicion(): boolean {
    const isSuspicious = this.#isSuspicious || [...this.#moved.values()].some((moved) => !isAsLookedAt(moved))
    this.#isSuspicious = false
    this.#moved.clear()
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

/** Whether a name did not come or go again until it was looked at, or went with its directory. */
function isAsLookedAt({ node, name, isKnown, isOld }: Moved): boolean {
  if (node.watch === undefined) return isOld
  return isKnown && (node.watch.names?.get(name)?.moves ?? 0) === 0
}
