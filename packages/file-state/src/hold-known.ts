import type { DataRoot } from './data-root.js'
import type { DirectoryNode } from './directory-node.js'
import { FileStateError } from './file-state-error.js'
import type { Foothold } from './foothold.js'
import type { Tree } from './tree.js'

/** The very directory that is known under a path; `undefined` when something else is there. */
export function holdKnown(
  { root, tree }: { readonly root: DataRoot; readonly tree: Tree },
  node: DirectoryNode,
  path: string,
): Foothold | undefined {
  try {
    const foothold = root.openDirectory(path)
    if (tree.table.holdsInode(node.slot, foothold.stats())) return foothold
    foothold[Symbol.dispose]()
  } catch (error) {
    if (!(error instanceof FileStateError) || error.code === 'ROOT_NOT_FOUND') throw error
  }
  return undefined
}
