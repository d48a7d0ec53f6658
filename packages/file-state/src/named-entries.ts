import type { DirectoryNode } from './directory-node.js'
import { joinPath } from './directory-node.js'
import { lookAt } from './directory-scan.js'
import { compareNames } from './file-name.js'
import type { Foothold } from './foothold.js'
import type { FoundEntry, Tree } from './tree.js'
import type { WatchRules } from './watch-rules.js'

/** What some entries of a directory are looked at with. */
export interface NamedEntriesOptions {
  readonly tree: Tree
  readonly node: DirectoryNode
  /** Path of the directory relative to the root. */
  readonly path: string
  readonly foothold: Foothold
  readonly isExcluded: (path: string) => boolean
  readonly rules: WatchRules
  /** Collects the inodes of hard links that events named. */
  readonly written: Set<bigint>
}

/**
 * Brings those entries of a directory up to date that events named.
 *
 * Each of them counts as changed, however it looks: a file can be rewritten within one tick of the clock and keep its
 * signature. A directory is taken out with everything below it and put in again empty, to be indexed anew: its inode
 * number can be that of another directory by now, and its watch with it.
 */
export class NamedEntries {
  /** Names of directories that are empty in the index now and have to be scanned. */
  readonly renewed: string[] = []
  /** Names that are not there. */
  readonly gone: string[] = []
  /** Names that are not there, or look as they did: if an event told of a write, it may have gone elsewhere. */
  readonly unwritten: string[] = []
  readonly #options: NamedEntriesOptions
  readonly #added = new Map<string, number>()
  readonly #removed = new Set<string>()

  constructor(options: NamedEntriesOptions) {
    this.#options = options
  }

  /** @throws system errors, when an entry cannot be examined */
  refresh(names: Iterable<string>): void {
    const { path, isExcluded } = this.#options
    try {
      for (const name of names) if (!isExcluded(joinPath(path, name))) this.#refreshName(name)
    } finally {
      this.#apply()
    }
    this.#refreshSelf()
  }

  #refreshName(name: string): void {
    const { tree, node, foothold, rules, written } = this.#options
    const slot = node.slotOf(name)
    const entry = lookAt(foothold, name)
    if (entry?.kind === 'file' && (entry.nlink ?? 1n) > 1n) written.add(entry.signature.ino)
    const kind = slot === undefined ? undefined : tree.table.kind(slot)
    if (slot !== undefined && entry !== undefined && kind === entry.kind && !this.#isRenewed(slot, entry)) {
      const before = tree.table.sequence(slot)
      tree.update(node, name, { ...entry, slot })
      if (tree.table.sequence(slot) !== before) return
      this.unwritten.push(name)
      if (rules.believeEvents) tree.markChanged(slot, node)
      return
    }
    if (slot !== undefined) {
      tree.remove(node, name, slot)
      this.#removed.add(name)
    }
    if (entry === undefined) {
      this.gone.push(name)
      this.unwritten.push(name)
      return
    }
    this.#added.set(name, tree.add(node, name, entry))
    if (entry.kind === 'directory') this.renewed.push(name)
  }

  #isRenewed(slot: number, { kind, signature }: FoundEntry): boolean {
    const { tree, rules } = this.#options
    return kind === 'directory' && (rules.renewDirectories || !tree.table.holdsInode(slot, signature))
  }

  /** Times of the directory itself move with its entries; what matters otherwise is told by the directory above. */
  #refreshSelf(): void {
    const { tree, node, foothold } = this.#options
    const signature = foothold.stats()
    if (tree.table.holdsAccess(node.slot, signature)) tree.table.write(node.slot, signature)
  }

  /** Puts the names that came into the list, in their order, and takes out those that went. */
  #apply(): void {
    if (this.#added.size === 0 && this.#removed.size === 0) return
    const { node } = this.#options
    const added = [...this.#added].sort(([left], [right]) => compareNames(left, right))
    const names: string[] = []
    const slots: number[] = []
    let next = 0
    const addUntil = (limit: string | undefined): void => {
      for (let item = added[next]; item !== undefined; item = added[next]) {
        if (limit !== undefined && compareNames(item[0], limit) > 0) return
        names.push(item[0])
        slots.push(item[1])
        next += 1
      }
    }
    for (const [index, name] of node.names.entries()) {
      addUntil(name)
      if (this.#removed.has(name)) continue
      names.push(name)
      slots.push(node.slots[index] ?? 0)
    }
    addUntil(undefined)
    node.setEntries(names, slots)
  }
}
