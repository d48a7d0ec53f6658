import type { FileSignature } from './file-signature.js'

/**
 * Proves without a walk that the directories of a real path still lie inside the root.
 *
 * A file's signature does not prove it: a directory can be moved out of the root and replaced by a symbolic link to its
 * new place, and no file in it changes. `a/b/../..` does: the kernel climbs to the real parents, so it ends at the root
 * only when `a/b` lies two levels below it.
 */
export class ConfinedProof {
  readonly #signatureOf: (realPath: string) => FileSignature | undefined
  /** `a/b` → `a/b/../..`, for the directories met last. */
  readonly #climbs = new Map<string, string>()
  #rootSignature: FileSignature | undefined

  /** `signatureOf` is one plain `stat` of a path below the root. */
  constructor(signatureOf: (realPath: string) => FileSignature | undefined) {
    this.#signatureOf = signatureOf
  }

  /** Whether the parents of the path are where they were; one `stat`, none for an entry of the root itself. */
  holds(realPath: string): boolean {
    const end = realPath.lastIndexOf('/')
    if (end === -1) return true
    const top = this.#signatureOf(this.#climb(realPath.slice(0, end)))
    if (top === undefined) return false
    if (isSameInode(top, this.#rootSignature)) return true
    this.#rootSignature = this.#signatureOf('')
    return isSameInode(top, this.#rootSignature)
  }

  #climb(directory: string): string {
    const known = this.#climbs.get(directory)
    if (known !== undefined) return known
    const climb =
      directory +
      directory
        .split('/')
        .map(() => '/..')
        .join('')
    if (this.#climbs.size >= mostClimbs) this.#climbs.clear()
    this.#climbs.set(directory, climb)
    return climb
  }
}

const mostClimbs = 1_000

function isSameInode(left: FileSignature, right: FileSignature | undefined): boolean {
  return right !== undefined && left.ino === right.ino && left.dev === right.dev
}
