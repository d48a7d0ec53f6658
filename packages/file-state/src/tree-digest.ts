import { createHash } from 'node:crypto'
import type { DirectoryNode } from './directory-node.js'
import type { EntryKind } from './entry-kind.js'
import { toBytes } from './file-name.js'
import { fingerprint } from './file-signature.js'
import type { Tree } from './tree.js'

const digestBytes = 20

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

  /** Lengths go in front of whatever has no fixed length, so that no two states are written the same way. */
  #compute(node: DirectoryNode): Buffer {
    const { table } = this.#tree
    const parts: Uint8Array[] = [table.accessBytes(node.slot), sized(Buffer.from(node.unreadable ?? ''))]
    for (const [index, name] of node.names.entries()) {
      const slot = node.slots[index] ?? 0
      const child = node.directories.get(name)
      parts.push(sized(toBytes(name)))
      if (child === undefined) parts.push(table.bytes(slot), sized(toBytes(node.targets.get(name) ?? '')))
      else parts.push(Buffer.from([0]), child.digest ?? this.#compute(child))
    }
    return createHash('sha256').update(Buffer.concat(parts)).digest().subarray(0, digestBytes)
  }
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}
