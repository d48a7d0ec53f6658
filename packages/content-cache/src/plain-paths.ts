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
   * The real path when it is known without a walk; only good for a hit, because what lies there may have changed so that
   * the spelling means another file now.
   *
   * @throws FileStateError as `DataRoot.resolve()`
   */
  known(path: string): string | undefined {
    if (this.#remembered.has(path)) return path
    const relative = this.#root.resolve(path)
    return this.#remembered.has(relative) ? relative : undefined
  }

  /**
   * The path of a file relative to the root, without symbolic links, as it is now.
   *
   * @throws FileStateError as `DataRoot.resolve()` and `DataRoot.stat()`
   */
  walk(path: string): string {
    const relative = this.#root.resolve(path)
    const { realPath } = this.#root.stat(relative)
    if (realPath === relative) this.#remember(realPath)
    else this.#remembered.delete(relative)
    return realPath
  }

  #remember(path: string): void {
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
    this.#remembered.add(path)
  }
}
