import { DirectoryNode } from './directory-node.js'
import { digestBytes, type StoredTree } from './stored-tree.js'
import type { Tree } from './tree.js'

const unknownDigest = Buffer.alloc(digestBytes)

/**
 * Puts a stored tree into one that knows nothing yet, as one change. What it says counts for nothing until a scan has
 * compared it with what is on disk.
 */
export function restoreTree(tree: Tree, stored: StoredTree): void {
  const { rows, devices, listedBy } = stored
  const sequence = tree.startWith(listedBy)
  tree.table.restore(rows, devices, sequence)
  const names = stored.names.split('/')
  const targets = new Map(stored.targets)
  const directories = [tree.root]
  const digests = Buffer.from(stored.digests)
  let row = 1
  for (const [number, count] of stored.counts.entries()) {
    const node = directories[number]
    if (node === undefined) return
    const slots: number[] = []
    for (const end = row + count; row < end; row += 1) {
      slots.push(row)
      const name = names[row - 1] ?? ''
      const target = targets.get(row)
      if (target !== undefined) node.targets.set(name, target)
      if (tree.table.kind(row) !== 'directory') continue
      const child = new DirectoryNode(name, row, node)
      node.directories.set(name, child)
      directories.push(child)
    }
    node.setEntries(names.slice(row - 1 - count, row - 1), slots)
    node.listedNs = stored.listedNs[number] ?? 0n
    node.subtreeSequence = sequence
    node.digest = digestAt(digests, number)
  }
  for (const [number, code] of stored.unreadable) {
    const node = directories[number]
    if (node === undefined) continue
    node.unreadable = code
    tree.unreadable.add(node)
  }
}

function digestAt(digests: Buffer, number: number): Buffer | undefined {
  const digest = digests.subarray(number * digestBytes, (number + 1) * digestBytes)
  return digest.equals(unknownDigest) ? undefined : digest
}
