import { Breather } from './breather.js'
import type { DirectoryNode } from './directory-node.js'
import { emptyColumns } from './signature-columns.js'
import { digestBytes, type StoredTree, storedTreeFormat } from './stored-tree.js'
import type { Tree } from './tree.js'

/**
 * Writes a tree down as it is stored, with pauses; `undefined` when it changes meanwhile, because a digest must not be
 * older than what it was made from.
 */
export async function saveTree(tree: Tree): Promise<StoredTree | undefined> {
  const { sequence, table } = tree
  const breather = new Breather()
  const saving = new TreeSaving(tree)
  for (const node of saving.directories) {
    if (breather.isDue) {
      await breather.pause()
      if (tree.sequence !== sequence) return undefined
    }
    saving.add(node)
  }
  return { ...saving.finish(), format: storedTreeFormat, listedBy: tree.listedBy, devices: table.devices }
}

class TreeSaving {
  /** Grows while it is gone through. */
  readonly directories: DirectoryNode[]
  readonly #tree: Tree
  readonly #rows
  readonly #names: string[] = []
  readonly #counts: number[] = []
  readonly #listedNs: bigint[] = []
  readonly #digests: Buffer[] = []
  readonly #unreadable: [number, string][] = []
  readonly #targets: [number, string][] = []
  #row = 1

  constructor(tree: Tree) {
    this.#tree = tree
    this.directories = [tree.root]
    this.#rows = emptyColumns(tree.table.size)
    tree.table.save(tree.root.slot, this.#rows, 0)
  }

  add(node: DirectoryNode): void {
    const { names, slots } = node
    if (node.unreadable !== undefined) this.#unreadable.push([this.#counts.length, node.unreadable])
    this.#counts.push(names.length)
    this.#listedNs.push(node.listedNs)
    this.#digests.push(node.digest ?? Buffer.alloc(digestBytes))
    for (const [index, name] of names.entries()) this.#addEntry(node, name, slots[index] ?? 0)
  }

  finish(): Omit<StoredTree, 'format' | 'listedBy' | 'devices'> {
    return {
      rows: this.#rows,
      names: this.#names.join('/'),
      counts: Uint32Array.from(this.#counts),
      listedNs: BigInt64Array.from(this.#listedNs),
      digests: Buffer.concat(this.#digests),
      unreadable: this.#unreadable,
      targets: this.#targets,
    }
  }

  #addEntry(node: DirectoryNode, name: string, slot: number): void {
    this.#tree.table.save(slot, this.#rows, this.#row)
    this.#names.push(name)
    const child = node.directories.get(name)
    if (child !== undefined) this.directories.push(child)
    const target = node.targets.get(name)
    if (target !== undefined) this.#targets.push([this.#row, target])
    this.#row += 1
  }
}
