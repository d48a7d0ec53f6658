import type { EntryKind } from './entry-kind.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import type { FileSignature } from './file-signature.js'
import type { Tree } from './tree.js'

/** One entry of the index, as the latest scan saw it. */
export interface TreeEntry {
  /** Path relative to the root, `''` for the root. */
  readonly path: string
  readonly name: string
  readonly kind: EntryKind
  readonly signature: FileSignature
  /** Sequence of the latest change of the entry itself. */
  readonly sequence: number
  /** Where a symbolic link points to, as written in it. */
  readonly target?: string
}

/** Where an entry is kept. */
export interface EntryPlace {
  readonly node: DirectoryNode
  readonly name: string
  readonly slot: number
}

/** Finds an entry by its path; `undefined` for the root, which lies in no directory. */
export function findPlace(tree: Tree, path: string): EntryPlace | undefined {
  const cut = path.lastIndexOf('/')
  const node = tree.directory(cut < 0 ? '' : path.slice(0, cut))
  const name = path.slice(cut + 1)
  const slot = name === '' ? undefined : node?.slotOf(name)
  return node === undefined || slot === undefined ? undefined : { node, name, slot }
}

/** The root as an entry. */
export function rootEntry({ table, root }: Tree): TreeEntry {
  return {
    path: '',
    name: '',
    kind: 'directory',
    signature: table.read(root.slot),
    sequence: table.sequence(root.slot),
  }
}

/** Describes an entry; `directory` is the path of the directory it lies in. */
export function describeEntry({ table }: Tree, { node, name, slot }: EntryPlace, directory: string): TreeEntry {
  const entry = {
    path: joinPath(directory, name),
    name,
    kind: table.kind(slot),
    signature: table.read(slot),
    sequence: table.sequence(slot),
  }
  const target = node.targets.get(name)
  return target === undefined ? entry : { ...entry, target }
}
