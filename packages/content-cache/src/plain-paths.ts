import type { DataRoot } from '@fsagent/file-state'

const mostRemembered = 20_000

/**
 * Turns the spellings of a path into the one real path that its content is kept under.
 *
 * Only a path that is its own real path is remembered and then needs no walk: the signature of what lies there proves
 * it. A path through a symbolic link is walked each time, because the link may lead elsewhere by now.
 */
export class PlainPaths {
  readonly #root: DataRoot
  readonly #remembered = new Set<string>()

  constructor(root: DataRoot) {
    this.#root = root
  }

  /**
   * The path of a file relative to the root, without symbolic links.
   *
   * @throws FileStateError as `DataRoot.resolve()` and `DataRoot.stat()`
   */
  realPathOf(path: string): string {
    if (this.#remembered.has(path)) return path
    const relative = this.#root.resolve(path)
    if (this.#remembered.has(relative)) return relative
    const { realPath } = this.#root.stat(relative)
    if (realPath === relative) this.#remember(realPath)
    return realPath
  }

  /** Forgets that a path is its own real path. */
  forget(path: string): void {
    this.#remembered.delete(path)
  }

  #remember(path: string): void {
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
    this.#remembered.add(path)
  }
}
