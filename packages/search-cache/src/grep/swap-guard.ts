import { sameSignature, type DataRoot, type FileSignature } from '@fsagent/file-state'
import { parentPath } from '../path-order.js'

/**
 * Finds out whether a directory was exchanged while the engine opened files by their paths.
 *
 * Who renames a directory, or puts a link in its place, changes the directory's ctime and the mtime of the one above.
 * Only where both happened, or could have happened within one tick of the clock, is anything below in doubt, so that
 * files which come and go in one busy directory do not matter.
 */
export class SwapGuard {
  readonly #root: DataRoot
  readonly #before: ReadonlyMap<string, FileSignature>
  readonly #startedNs: bigint
  readonly #touched = new Map<string, boolean>()
  readonly #suspect = new Map<string, boolean>()

  /**
   * @param before signatures of all directories on the way to the files, the root's under `''`
   * @param startedNs wall-clock time before they were taken, nanoseconds since the epoch
   */
  constructor(root: DataRoot, before: ReadonlyMap<string, FileSignature>, startedNs: bigint) {
    this.#root = root
    this.#before = before
    this.#startedNs = startedNs
  }

  /** Whether a file may have been reached through an exchanged directory. To be asked after the engine ended. */
  isSuspect(path: string): boolean {
    return this.#isSuspectDirectory(parentPath(path))
  }

  /** Whether any directory may have been exchanged. */
  isAnySuspect(): boolean {
    for (const directory of this.#before.keys()) if (this.#isSuspectDirectory(directory)) return true
    return false
  }

  #isSuspectDirectory(path: string): boolean {
    const known = this.#suspect.get(path)
    if (known !== undefined) return known
    const suspect =
      path === ''
        ? this.#isOtherRoot()
        : (this.#isTouched(path) && this.#isTouched(parentPath(path))) || this.#isSuspectDirectory(parentPath(path))
    this.#suspect.set(path, suspect)
    return suspect
  }

  #isOtherRoot(): boolean {
    const before = this.#before.get('')
    const now = this.#root.signatureSync('')
    return before === undefined || now === undefined || before.ino !== now.ino || before.dev !== now.dev
  }

  #isTouched(path: string): boolean {
    const known = this.#touched.get(path)
    if (known !== undefined) return known
    const before = this.#before.get(path)
    const now = this.#root.signatureSync(path)
    const touched =
      before === undefined ||
      now === undefined ||
      !sameSignature(before, now) ||
      this.#root.isRacy(path, before, this.#startedNs)
    this.#touched.set(path, touched)
    return touched
  }
}
