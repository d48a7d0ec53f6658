import type { DirectoryNode } from './directory-node.js'
import type { FileSignature } from './file-signature.js'

/** What is known of a name that may be one of several. */
interface Linked {
  readonly signature: FileSignature
  readonly nlink?: bigint | undefined
}

/**
 * The names whose inode has further names, or had: it can be changed through one of those, and nothing tells of that in
 * the directory of this one. That a further name is gone ends nothing: who opened the file under it can go on writing.
 */
export class LinkedNames {
  readonly #names = new Map<DirectoryNode, Set<string>>()
  #discovered = new Set<bigint>()

  /** Takes down how many names an inode had when one of them was looked at. */
  note(directory: DirectoryNode, name: string, { signature, nlink }: Linked): void {
    if (nlink === undefined || nlink <= 1n || this.has(directory, name)) return
    this.add(directory, name)
    this.#discovered.add(signature.ino)
  }

  /** Adds a name because another one of the same inode was found. */
  add(directory: DirectoryNode, name: string): void {
    const names = this.#names.get(directory) ?? new Set()
    this.#names.set(directory, names.add(name))
  }

  has(directory: DirectoryNode, name: string): boolean {
    return this.#names.get(directory)?.has(name) === true
  }

  forget(directory: DirectoryNode, name: string): void {
    const names = this.#names.get(directory)
    if (names?.delete(name) === true && names.size === 0) this.#names.delete(directory)
  }

  forgetAll(directory: DirectoryNode): void {
    this.#names.delete(directory)
  }

  /** Inodes of which a name was found since the last call: others of their names may be known as the only ones. */
  takeDiscovered(): ReadonlySet<bigint> {
    const discovered = this.#discovered
    this.#discovered = new Set()
    return discovered
  }

  /** Every directory with such names, as they are now. */
  entries(): readonly (readonly [DirectoryNode, readonly string[]])[] {
    return [...this.#names].map(([directory, names]) => [directory, [...names]] as const)
  }
}
