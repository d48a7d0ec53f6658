import type { DataRoot, FileSignature } from '@fsagent/file-state'

/**
 * Proves without a walk that a real path still is the file with this signature, and still lies inside the root.
 *
 * The signature alone does not prove the second: a directory can be moved out of the root and replaced by a symbolic
 * link to its new place, and no file in it changes. `a/b/../..` does: the kernel climbs to the real parents, so it ends
 * at the root only when `a/b` lies two levels below it.
 */
export class ConfinedProof {
  readonly #root: DataRoot
  /** `a/b` → `a/b/../..`, for the directories met last. */
  readonly #climbs = new Map<string, string>()
  #rootSignature: FileSignature | undefined

  constructor(root: DataRoot) {
    this.#root = root
  }

  /** Whether the file is there, inside, and unchanged; one `stat`, and a second one below a directory. */
  holds(realPath: string, signature: FileSignature): boolean {
    return this.#root.proveSync(realPath, signature) && this.#isInside(realPath)
  }

  #isInside(realPath: string): boolean {
    const end = realPath.lastIndexOf('/')
    if (end === -1) return true
    const top = this.#root.signatureSync(this.#climb(realPath.slice(0, end)))
    if (top === undefined) return false
    if (isSameInode(top, this.#rootSignature)) return true
    this.#rootSignature = this.#root.signatureSync('')
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
