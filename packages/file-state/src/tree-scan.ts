import { Breather } from './breather.js'
import type { DataRoot } from './data-root.js'
import { DirectoryScan, lookAt, refreshEntry, tolerate } from './directory-scan.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import { FileStateError } from './file-state-error.js'
import type { Foothold } from './foothold.js'
import { ListingTrust } from './listing-trust.js'
import type { Tree } from './tree.js'
import type { WatchRules } from './watch-rules.js'

/** Longest path that a system call of Linux accepts, in bytes; what lies deeper cannot be proved by a single stat. */
const longestPathBytes = 4_095
/** Asking the time costs as much as a quarter of looking at an entry. */
const entriesAtOnce = 8
/** How many of the innermost directories are kept open, so that a deep tree needs few descriptors. */
const keptOpen = 64

/** What a scan works on. */
export interface TreeScanOptions {
  readonly root: DataRoot
  readonly tree: Tree
  readonly isExcluded: (path: string) => boolean
  /** Asked at each pause: ends the scan early, with what was seen so far. */
  readonly isCancelled: () => boolean
  readonly rules: WatchRules
  readonly observer?: ListingObserver | undefined
}

/** Told of each directory that is listed. */
export interface ListingObserver {
  beforeListing(node: DirectoryNode, foothold: Foothold): void
  afterListing(node: DirectoryNode, foothold: Foothold): void
}

interface Frame {
  readonly node: DirectoryNode
  readonly path: string
  foothold: Foothold | undefined
  /** Names of subdirectories still to be entered, last first. */
  pending: string[]
}

/** Walks a part of the root with `lstat`, from directory descriptor to directory descriptor, and updates the index. */
export class TreeScan {
  readonly #options: TreeScanOptions
  readonly #breather = new Breather()
  readonly #frames: Frame[] = []
  readonly #trust: ListingTrust
  readonly #startedNs: bigint

  constructor(options: TreeScanOptions) {
    this.#options = options
    this.#trust = new ListingTrust(options)
    this.#startedNs = options.root.nowNs()
  }

  /** Brings `scope` and everything below it up to date. @throws FileStateError ROOT_NOT_FOUND, PERMISSION_DENIED */
  async run(scope: string): Promise<void> {
    try {
      const start = this.#startAt(scope)
      if (start !== undefined) await this.#walk(start)
    } finally {
      for (const frame of this.#frames) frame.foothold?.[Symbol.dispose]()
    }
  }

  /** Refreshes the entries on the way to the scope; `undefined` when the scope is not a directory. */
  #startAt(scope: string): Frame | undefined {
    const { root, tree, isExcluded } = this.#options
    let node = tree.root
    let foothold = root.openDirectory('')
    let path = ''
    tree.updateRoot(foothold.stats())
    for (const name of scope === '' ? [] : scope.split('/')) {
      using parent = foothold
      path = joinPath(path, name)
      if (isExcluded(path)) return undefined
      const next = this.#refreshName(node, name, parent)
      if (next === undefined) return undefined
      node = next.node
      foothold = next.foothold
    }
    return { node, path, foothold, pending: [] }
  }

  #refreshName(
    node: DirectoryNode,
    name: string,
    parent: Foothold,
  ): { readonly node: DirectoryNode; readonly foothold: Foothold } | undefined {
    const { tree } = this.#options
    const entry = lookAt(parent, name)
    const index = node.indexOf(name)
    const slot = node.slotOf(name)
    if (entry === undefined) {
      if (slot === undefined) return undefined
      tree.remove(node, name, slot)
      node.setEntries(node.names.toSpliced(index, 1), node.slots.toSpliced(index, 1))
      return undefined
    }
    const now = refreshEntry({ tree, node }, { name, slot, entry })
    const names = slot === undefined ? node.names.toSpliced(index, 0, name) : node.names
    if (now !== slot) node.setEntries(names, node.slots.toSpliced(index, slot === undefined ? 0 : 1, now))
    const child = node.directories.get(name)
    const foothold = child === undefined ? undefined : this.#enter(parent, name, child)
    return child === undefined || foothold === undefined ? undefined : { node: child, foothold }
  }

  async #walk(start: Frame): Promise<void> {
    await this.#open(start)
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (this.#breather.isDue) await this.#breather.pause()
      if (this.#options.isCancelled()) return
      const name = frame.pending.pop()
      if (name === undefined) {
        frame.foothold?.[Symbol.dispose]()
        this.#frames.pop()
        continue
      }
      const next = this.#descend(frame, name)
      if (next !== undefined) await this.#open(next)
    }
  }

  #descend(frame: Frame, name: string): Frame | undefined {
    const node = frame.node.directories.get(name)
    if (node === undefined) return undefined
    const path = joinPath(frame.path, name)
    if (isTooLong(this.#options.root, path)) return this.#giveUp(node, 'ENAMETOOLONG')
    if (this.#options.observer === undefined && this.#trust.holds(node, path))
      return { node, path, foothold: undefined, pending: [] }
    const parent = this.#footholdOf(frame)
    const foothold = parent === undefined ? this.#giveUp(node, undefined) : this.#enter(parent, name, node)
    return foothold === undefined ? undefined : { node, path, foothold, pending: [] }
  }

  /** Updates the entries of a directory and puts it on the stack. */
  async #open(frame: Frame): Promise<void> {
    this.#frames.push(frame)
    const outer = this.#frames.at(-1 - keptOpen)
    outer?.foothold?.[Symbol.dispose]()
    if (outer !== undefined) outer.foothold = undefined
    const { node, foothold } = frame
    const { observer } = this.#options
    if (foothold !== undefined) observer?.beforeListing(node, foothold)
    const isSettled = this.#isKnown(frame) && (await this.#look(frame, undefined))
    if (!isSettled) await this.#list(frame)
    if (foothold !== undefined) observer?.afterListing(node, foothold)
    frame.pending = [...node.directories.keys()]
  }

  /** Whether a directory needs no listing. While it is watched it must not have changed before the watch began. */
  #isKnown({ node, path, foothold }: Frame): boolean {
    if (foothold === undefined) return true
    const { tree, observer } = this.#options
    if (!this.#trust.holds(node, path)) return false
    return observer === undefined || tree.table.holds(node.slot, foothold.stats())
  }

  async #list(frame: Frame): Promise<void> {
    if (this.#footholdOf(frame) === undefined) this.#giveUp(frame.node, undefined)
    else await this.#look(frame, this.#startedNs)
  }

  /** Looks at the entries of a directory; `false` when those that were known are not there. */
  async #look(frame: Frame, listedNs: bigint | undefined): Promise<boolean> {
    const { root, tree, isExcluded, isCancelled } = this.#options
    const { node, path } = frame
    const hold = (): Foothold | undefined => this.#footholdOf(frame)
    const scan = new DirectoryScan({ root, tree, node, path, hold, isExcluded, listedNs })
    try {
      for (let looked = 1; scan.step(); looked += 1) {
        if (looked % entriesAtOnce > 0 || !this.#breather.isDue) continue
        await this.#breather.pause()
        if (isCancelled()) return true
      }
    } finally {
      scan.finish()
    }
    return !scan.isContradicted
  }

  /** Steps into a directory; of one that is gone or forbidden by now, nothing that was known may stay. */
  #enter(parent: Foothold, name: string, node: DirectoryNode): Foothold | undefined {
    try {
      return parent.enter(name) ?? this.#giveUp(node, undefined)
    } catch (error) {
      const code = tolerate(error)
      return this.#giveUp(node, code === 'ENOENT' ? undefined : code)
    }
  }

  #giveUp(node: DirectoryNode, code: string | undefined): undefined {
    this.#options.tree.clear(node)
    this.#options.tree.setUnreadable(node, code)
  }

  /** The directory of a frame, opened anew and checked to be the same one when it had to be let go. */
  #footholdOf(frame: Frame): Foothold | undefined {
    if (frame.foothold !== undefined) return frame.foothold
    try {
      const foothold = this.#options.root.openDirectory(frame.path)
      if (!this.#options.tree.table.holdsInode(frame.node.slot, foothold.stats())) {
        foothold[Symbol.dispose]()
        return undefined
      }
      frame.foothold = foothold
      return foothold
    } catch (error) {
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }
}

/** Whether an entry cannot be reached by its absolute path. */
export function isTooLong(root: DataRoot, path: string): boolean {
  return Buffer.byteLength(path) + Buffer.byteLength(root.path) + 1 > longestPathBytes
}
