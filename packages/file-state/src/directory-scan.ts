import { lstatSync, readlinkSync } from 'node:fs'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import { listNames } from './directory-entry.js'
import { kindOfMode } from './entry-kind.js'
import { compareNames, decodeName } from './file-name.js'
import type { Foothold } from './foothold.js'
import { systemErrorCode } from './system-error.js'
import type { FoundEntry, Tree } from './tree.js'

/** Errors that say that something of ours ran out, not that an entry cannot be read. */
const exhausted: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM'])

/** What a scan of one directory works on. */
export interface DirectoryScanOptions {
  readonly root: DataRoot
  readonly tree: Tree
  readonly node: DirectoryNode
  /** Path of the directory relative to the root. */
  readonly path: string
  /** Holds the directory; `undefined` when it is not there any more. */
  readonly hold: () => Foothold | undefined
  readonly isExcluded: (path: string) => boolean
  /** Wall-clock time before the scan, in nanoseconds since the epoch; absent when the names are known. */
  readonly listedNs?: bigint | undefined
}

/**
 * Brings one directory of the index up to date with its listing, or looks at its entries when their names are known.
 *
 * Old and new names are both sorted, so one pass over the two finds what came, went and stayed. `step` does one name at
 * a time, so that the caller can pause in between; `finish` makes the new list visible.
 */
export class DirectoryScan {
  readonly #options: DirectoryScanOptions
  readonly #found: readonly string[]
  readonly #names: string[] = []
  readonly #slots: number[] = []
  readonly #gone: number[] = []
  #known = 0
  #next = 0
  #unreadable: string | undefined
  #isContradicted = false

  constructor(options: DirectoryScanOptions) {
    this.#options = options
    this.#found = options.listedNs === undefined ? options.node.names : this.#list()
  }

  /** Whether a name that was known to be there is not, so that the directory has to be listed. */
  get isContradicted(): boolean {
    return this.#isContradicted
  }

  /** Looks at the next name; `false` when there is none left. */
  step(): boolean {
    const name = this.#found[this.#next]
    if (name === undefined) return false
    this.#next += 1
    const { node, path, isExcluded } = this.#options
    this.#passBefore(name)
    const slot = node.names[this.#known] === name ? node.slots[this.#known] : undefined
    if (slot !== undefined && this.#isUnchanged(slot, name)) {
      this.#keep(name, slot)
      this.#known += 1
      return true
    }
    const entry = isExcluded(joinPath(path, name)) ? undefined : this.#look(name)
    if (entry === undefined && this.#isKnown) {
      this.#isContradicted = true
      this.#next -= 1
      return false
    }
    if (slot !== undefined && entry === undefined) this.#gone.push(this.#known)
    if (entry !== undefined) this.#keep(name, refreshEntry(this.#options, { name, slot, entry }))
    if (slot !== undefined) this.#known += 1
    return true
  }

  /** Puts the new list in place of the old one; names not looked at yet keep what was known. */
  finish(): void {
    const { tree, node, listedNs } = this.#options
    const complete = this.#next >= this.#found.length
    for (; this.#known < node.names.length; this.#known += 1) {
      if (complete) {
        this.#gone.push(this.#known)
        continue
      }
      this.#names.push(node.names[this.#known] ?? '')
      this.#slots.push(node.slots[this.#known] ?? 0)
    }
    for (const index of this.#gone) tree.remove(node, node.names[index] ?? '', node.slots[index] ?? 0)
    if (this.#isKnown && complete && isSameList(this.#slots, node.slots)) return
    node.setEntries(this.#names, this.#slots)
    tree.listings += 1
    if (!complete) return
    tree.setUnreadable(node, this.#unreadable)
    node.listedNs = listedNs ?? 0n
  }

  get #isKnown(): boolean {
    return this.#options.listedNs === undefined
  }

  #list(): readonly string[] {
    const foothold = this.#options.hold()
    if (foothold === undefined) return []
    try {
      return listNames(foothold)
    } catch (error) {
      this.#unreadable = tolerate(error)
      return []
    }
  }

  /** Known names that sort before the next listed one are gone. */
  #passBefore(name: string): void {
    const { names } = this.#options.node
    for (let known = names[this.#known]; known !== undefined; known = names[this.#known]) {
      if (compareNames(known, name) >= 0) return
      this.#gone.push(this.#known)
      this.#known += 1
    }
  }

  /**
   * Whether a known entry shows the signature it had, by its plain path: a third quicker than through the descriptor.
   *
   * The same inode with the same ctime is the file that was seen inside the root, whatever the path leads through now.
   * Anything else is looked at through the descriptor. The target of a symbolic link has to be read in any case.
   */
  #isUnchanged(slot: number, name: string): boolean {
    const { root, tree, node, path } = this.#options
    const kind = tree.table.kind(slot)
    if (kind === 'symlink') return false
    const found = root.lstatSync(joinPath(path, name))
    if (found === undefined || !tree.table.holds(slot, found)) return false
    // Another name may have been made before the clock moved on.
    if (found.nlink > 1n && kind === 'file') tree.linked.note(node, name, { signature: found, nlink: found.nlink })
    return true
  }

  #keep(name: string, slot: number): void {
    this.#names.push(name)
    this.#slots.push(slot)
  }

  #look(name: string): FoundEntry | undefined {
    const foothold = this.#options.hold()
    try {
      return foothold === undefined ? undefined : lookAt(foothold, name)
    } catch (error) {
      this.#unreadable = tolerate(error)
      return undefined
    }
  }
}

function isSameList(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((slot, index) => slot === right[index])
}

/** What a name is now; `undefined` when it is gone. @throws the system error of any other failure */
export function lookAt(foothold: Foothold, name: string): FoundEntry | undefined {
  for (;;) {
    const stats = lstatSync(foothold.at(name), { bigint: true, throwIfNoEntry: false })
    if (stats === undefined) return undefined
    const kind = kindOfMode(stats.mode)
    if (kind !== 'symlink') return { kind, signature: stats, nlink: stats.nlink }
    const target = readTarget(foothold, name)
    if (target !== undefined) return { kind, signature: stats, target, nlink: stats.nlink }
  }
}

/** Brings one entry up to date and gives its slot. */
export function refreshEntry(
  place: { readonly tree: Tree; readonly node: DirectoryNode },
  seen: { readonly name: string; readonly slot: number | undefined; readonly entry: FoundEntry },
): number {
  const { tree, node } = place
  const { name, slot, entry } = seen
  if (slot === undefined) return tree.add(node, name, entry)
  if (tree.table.kind(slot) === entry.kind) {
    tree.update(node, name, { ...entry, slot })
    return slot
  }
  tree.remove(node, name, slot)
  return tree.add(node, name, entry)
}

/** The code of an error that is recorded with the directory; anything else is thrown on. */
export function tolerate(error: unknown): string {
  const code = systemErrorCode(error)
  if (code === undefined || exhausted.has(code)) throw error
  return code
}

function readTarget(foothold: Foothold, name: string): string | undefined {
  try {
    return decodeName(readlinkSync(foothold.at(name), { encoding: 'buffer' }))
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EINVAL' || code === 'ENOENT') return undefined
    throw error
  }
}
