import type { EntryKind } from './entry-kind.js'
import { DirectoryNode, joinPath } from './directory-node.js'
import type { FileSignature } from './file-signature.js'
import { LinkedNames } from './linked-names.js'
import { RemovalLog } from './removal-log.js'
import { SignatureTable } from './signature-table.js'

const rememberedRemovals = 16_384
const nothing: FileSignature = {
  dev: 0n,
  ino: 0n,
  size: 0n,
  mtimeNs: 0n,
  ctimeNs: 0n,
  mode: 0o040000n,
  uid: 0n,
  gid: 0n,
}

/** A directory, or that there is none, under a path. */
interface KnownDirectory {
  readonly path: string
  readonly node: DirectoryNode | undefined
}

/** What a scan found under a name. */
export interface FoundEntry {
  readonly kind: EntryKind
  readonly signature: FileSignature
  /** Target of a symbolic link. */
  readonly target?: string | undefined
  /** How many names the inode has, where that is known. */
  readonly nlink?: bigint | undefined
}

/** What is known of a tree, and the numbering of its changes. Scans write it, queries read it. */
export class Tree {
  readonly table = new SignatureTable()
  readonly removals = new RemovalLog(rememberedRemovals)
  readonly root = new DirectoryNode('', this.table.add(nothing, 0), undefined)
  readonly linked = new LinkedNames()
  /** How often a directory was listed. */
  listings = 0
  /** As whom the directories were listed. */
  listedBy = ''
  /** Directories that could not be listed or examined. */
  readonly unreadable = new Set<DirectoryNode>()
  readonly #onDropped: (directory: DirectoryNode) => void
  #sequence = 0
  #latest: KnownDirectory | undefined
  #latestAbove: KnownDirectory | undefined

  /** @param onDropped told of each directory that is known no longer */
  constructor(onDropped: (directory: DirectoryNode) => void = () => {}) {
    this.#onDropped = onDropped
  }

  /** How much was listed or changed since the beginning. */
  get work(): number {
    return this.#sequence + this.listings
  }

  /** Begins with what is restored as the first change. */
  startWith(listedBy: string): number {
    this.listedBy = listedBy
    this.#forgetLatest()
    return this.#next()
  }

  /** Sequence of the latest change, 0 before the first. */
  get sequence(): number {
    return this.#sequence
  }

  /** Records a new entry and gives its slot. The caller puts name and slot into the directory. */
  add(directory: DirectoryNode, name: string, found: FoundEntry): number {
    const sequence = this.#next()
    const slot = this.table.add(found.signature, sequence)
    if (found.kind === 'directory') directory.directories.set(name, this.#newDirectory(directory, name, slot))
    else this.linked.note(directory, name, found)
    if (found.target !== undefined) directory.targets.set(name, found.target)
    directory.touch(sequence)
    return slot
  }

  /**
   * Records how a known entry of the same kind looks now.
   *
   * Of a directory only mode, owner and group count as a change: its times and size move when a temporary file comes and
   * goes, which no search and no listing can see afterwards.
   */
  update(directory: DirectoryNode, name: string, entry: FoundEntry & { readonly slot: number }): void {
    const { slot, signature, target } = entry
    const isDirectory = entry.kind === 'directory'
    if (!this.table.holdsInode(slot, signature)) this.linked.forget(directory, name)
    if (!isDirectory) this.linked.note(directory, name, entry)
    const same = this.table.holds(slot, signature) && directory.targets.get(name) === target
    if (same) return
    const silent = isDirectory && this.table.holdsAccess(slot, signature)
    const own = directory.directories.get(name)
    if (own !== undefined) own.listedNs = 0n
    this.table.write(slot, signature)
    if (target !== undefined) directory.targets.set(name, target)
    if (silent) return
    this.markChanged(slot, own ?? directory)
  }

  /** Records how the root itself looks now. */
  updateRoot(signature: FileSignature): void {
    if (this.table.holds(this.root.slot, signature)) return
    const silent = this.table.holdsAccess(this.root.slot, signature)
    this.root.listedNs = 0n
    this.table.write(this.root.slot, signature)
    if (!silent) this.markChanged(this.root.slot, this.root)
  }

  /** Records whether a directory could be listed. */
  setUnreadable(directory: DirectoryNode, code: string | undefined): void {
    if (directory.unreadable === code) return
    directory.unreadable = code
    if (code === undefined) this.unreadable.delete(directory)
    else this.unreadable.add(directory)
    this.markChanged(directory.slot, directory)
  }

  /** Gives an entry a new sequence. `nearest` is its own node when it is a directory, else the one it lies in. */
  markChanged(slot: number, nearest: DirectoryNode): void {
    const sequence = this.#next()
    this.table.setSequence(slot, sequence)
    nearest.touch(sequence)
  }

  /**
   * Records that an entry and everything below it is gone. The caller takes name and slot out of the directory.
   *
   * The entry's own slot is released last, so that an entry added next under the same name gets it.
   */
  remove(directory: DirectoryNode, name: string, slot: number): void {
    const path = joinPath(directory.path, name)
    const child = directory.directories.get(name)
    directory.directories.delete(name)
    if (child !== undefined) this.#forgetLatest()
    directory.targets.delete(name)
    this.linked.forget(directory, name)
    this.removals.add(path, this.#next())
    if (child !== undefined) this.#removeBelow(child, path)
    this.table.release(slot)
    directory.touch(this.#sequence)
  }

  /** Records that a directory has no entries any more, as far as can be told. */
  clear(directory: DirectoryNode): void {
    const { names, slots } = directory
    for (const [index, name] of names.entries()) this.remove(directory, name, slots[index] ?? 0)
    directory.setEntries([], [])
  }

  /** The directory at a path. */
  directory(path: string): DirectoryNode | undefined {
    if (path === '') return this.root
    // Whoever goes through a tree asks for the same directory many times in a row.
    if (path === this.#latest?.path) return this.#latest.node
    const cut = path.lastIndexOf('/')
    const node = this.#directoryAbove(path.slice(0, Math.max(0, cut)))?.directories.get(path.slice(cut + 1))
    this.#latest = { path, node }
    return node
  }

  /** As {@link directory}; whoever goes through a tree asks for one beside, or one below, the directory before. */
  #directoryAbove(path: string): DirectoryNode | undefined {
    if (path === this.#latestAbove?.path) return this.#latestAbove.node
    let node: DirectoryNode | undefined = this.root
    if (path === this.#latest?.path) node = this.#latest.node
    else if (path !== '') for (const name of path.split('/')) node = node?.directories.get(name)
    this.#latestAbove = { path, node }
    return node
  }

  /** Every directory, those above before those below. */
  *directories(): Iterable<DirectoryNode> {
    const pending = [this.root]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      yield node
      pending.push(...node.directories.values())
    }
  }

  #removeBelow(top: DirectoryNode, topPath: string): void {
    const pending = [{ node: top, path: topPath }]
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      this.linked.forgetAll(item.node)
      this.unreadable.delete(item.node)
      this.#onDropped(item.node)
      for (const [index, name] of item.node.names.entries()) {
        const path = joinPath(item.path, name)
        this.removals.add(path, this.#next())
        this.table.release(item.node.slots[index] ?? 0)
        const child = item.node.directories.get(name)
        if (child !== undefined) pending.push({ node: child, path })
      }
    }
  }

  #newDirectory(parent: DirectoryNode, name: string, slot: number): DirectoryNode {
    this.#forgetLatest()
    const node = new DirectoryNode(name, slot, parent)
    node.subtreeSequence = this.#sequence
    return node
  }

  #forgetLatest(): void {
    this.#latest = undefined
    this.#latestAbove = undefined
  }

  #next(): number {
    this.#sequence += 1
    return this.#sequence
  }
}
