import { createHash } from 'node:crypto'
import type { DirectoryNode } from './directory-node.js'
import type { EntryKind } from './entry-kind.js'
import { fingerprint } from './file-signature.js'
import type { Tree } from './tree.js'

const digestBytes = 20
const fieldsPerRow = 8

/** One entry as it went into the digest of its directory. */
export interface NodeChild {
  readonly name: string
  readonly kind: EntryKind
  /** A subdirectory's digest, or the fingerprint of anything else, with the target of a symbolic link. */
  readonly digest: string
}

/** Digests of directories, computed when asked for and kept until something at or below them changes. */
export class TreeDigest {
  readonly #tree: Tree

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** The digest of a directory in hexadecimal. */
  ofDirectory(top: DirectoryNode): string {
    if (top.digest !== undefined) return top.digest.toString('hex')
    const stack = [top]
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const missing = [...node.directories.values()].filter((child) => child.digest === undefined)
      if (node.digest === undefined && missing.length > 0) stack.push(...missing)
      else {
        node.digest ??= this.#compute(node)
        stack.pop()
      }
    }
    return (top.digest ?? this.#compute(top)).toString('hex')
  }

  /** What the digest of a directory is made from. */
  childrenOf(node: DirectoryNode): readonly NodeChild[] {
    return node.names.map((name, index) => {
      const child = node.directories.get(name)
      const slot = node.slots[index] ?? 0
      const kind = this.#tree.table.kind(slot)
      if (child !== undefined) return { name, kind, digest: this.ofDirectory(child) }
      const target = node.targets.get(name)
      const own = fingerprint(this.#tree.table.read(slot))
      return { name, kind, digest: target === undefined ? own : `${own}>${target}` }
    })
  }

  /**
   * Hashes a header in JSON, then a row of eight fields for each entry, then the digests of subdirectories.
   *
   * The header fixes the number of rows, and a row of zeros marks a subdirectory, so no two states are written alike.
   */
  #compute(node: DirectoryNode): Buffer {
    const { table } = this.#tree
    const header = JSON.stringify([table.access(node.slot), node.unreadable, node.names, targetsOf(node)])
    const rows = new BigUint64Array(node.slots.length * fieldsPerRow)
    const below: Buffer[] = []
    for (const [index, slot] of node.slots.entries()) {
      const child = node.directories.get(node.names[index] ?? '')
      if (child === undefined) table.copyTo(rows, index * fieldsPerRow, slot)
      else below.push(child.digest ?? this.#compute(child))
    }
    const hash = createHash('sha256').update(header).update('\n').update(rows)
    for (const digest of below) hash.update(digest)
    return hash.digest().subarray(0, digestBytes)
  }
}

/** In the order of the names: links are not always found in it. */
function targetsOf({ names, targets }: DirectoryNode): readonly (readonly [string, string])[] {
  if (targets.size === 0) return []
  return names.flatMap((name) => {
    const target = targets.get(name)
    return target === undefined ? [] : [[name, target] as const]
  })
}
