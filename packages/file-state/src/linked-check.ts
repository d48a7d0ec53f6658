import { Breather } from './breather.js'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import type { Tree } from './tree.js'
import { isWithin } from './tree-queries.js'

/** What is to be looked at because of names that nothing is told of. */
export interface LinkedCheck {
  readonly root: DataRoot
  readonly tree: Tree
  readonly scopes: readonly string[]
  /** Inodes that were written through another of their names. */
  readonly written: ReadonlySet<bigint>
}

/**
 * Finds those names of hard links that look different by now, or of which another name was written.
 *
 * A name that was the only one when it was indexed does not know of one that was made later, so the whole index is
 * searched for the inodes of new ones.
 */
export async function findChangedLinks(check: LinkedCheck): Promise<Map<DirectoryNode, string[]>> {
  const { root, tree, scopes, written } = check
  const breather = new Breather()
  await addSiblings(tree, breather)
  const changed = new Map<DirectoryNode, string[]>()
  for (const [node, names] of tree.linked.entries()) {
    const directory = node.path
    const isAsked = scopes.some((scope) => isWithin(directory, scope) || isWithin(scope, directory))
    for (const name of names) {
      if (breather.isDue) await breather.pause()
      const slot = node.slotOf(name)
      if (slot === undefined) continue
      if (!written.has(tree.table.inode(slot))) {
        if (!isAsked) continue
        const signature = root.lstatSync(joinPath(directory, name))
        if (signature !== undefined && tree.table.holds(slot, signature)) continue
      }
      changed.set(node, [...(changed.get(node) ?? []), name])
    }
  }
  return changed
}

async function addSiblings(tree: Tree, breather: Breather): Promise<void> {
  const discovered = tree.linked.takeDiscovered()
  if (discovered.size === 0) return
  for (const node of tree.directories()) {
    if (breather.isDue) await breather.pause()
    const { names, slots } = node
    for (const [index, slot] of slots.entries()) {
      const name = names[index] ?? ''
      if (discovered.has(tree.table.inode(slot)) && !node.directories.has(name)) tree.linked.add(node, name)
    }
  }
}
