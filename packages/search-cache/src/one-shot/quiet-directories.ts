import type { DataRoot, FileSignature } from '@fsagent/file-state'
import { parentPath } from '../path-order.js'

const KIND_MASK = 0o170000n
const DIRECTORY_KIND = 0o040000n

/**
 * Tells of directories that nothing was put into, taken from or exchanged in since a moment before a search began: whoever
 * opened a file by its path since then opened the very file that is there.
 *
 * Each change of an entry, and each rename of the directory itself, sets the directory's ctime, which nobody can set back.
 */
export class QuietDirectories {
  readonly #root: DataRoot
  readonly #startedNs: bigint
  readonly #before: FileSignature | undefined
  readonly #known = new Map<string, boolean>()

  /** To be made before the search begins; it is asked after its end. */
  constructor(root: DataRoot) {
    this.#root = root
    this.#startedNs = root.nowNs()
    this.#before = root.signatureSync('')
  }

  /** Wall-clock time before the search, nanoseconds since the epoch. */
  get startedNs(): bigint {
    return this.#startedNs
  }

  /** Whether the directory of a path, and all above it up to the root, kept still. */
  isQuietAround(path: string): boolean {
    return this.isQuiet(parentPath(path))
  }

  /** Whether a directory and all above it up to the root kept still. */
  isQuiet(directory: string): boolean {
    const known = this.#known.get(directory)
    if (known !== undefined) return known
    const quiet =
      directory === '' ? this.#isSameRoot() : this.isQuiet(parentPath(directory)) && this.#isUntouched(directory)
    this.#known.set(directory, quiet)
    return quiet
  }

  /** A directory above the root can be exchanged without a trace in the root. */
  #isSameRoot(): boolean {
    const now = this.#root.signatureSync('')
    if (now === undefined || this.#before === undefined) return false
    return now.ino === this.#before.ino && now.dev === this.#before.dev && this.#isUntouched('')
  }

  #isUntouched(directory: string): boolean {
    const signature = this.#root.lstatSync(directory)
    if (signature === undefined || (signature.mode & KIND_MASK) !== DIRECTORY_KIND) return false
    return !this.#root.isRacy(directory, signature, this.#startedNs)
  }
}
