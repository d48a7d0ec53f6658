import { statSync } from 'node:fs'
import { orUndefined } from './system-error.js'

/**
 * Proves without a walk that the directories of a real path still lie inside the root.
 *
 * A file's signature does not prove it: a directory can be moved out of the root and replaced by a symbolic link to its
 * new place, and no file in it changes. `a/b/../..` does: the kernel climbs to the real parents, so it ends at the root
 * only when `a/b` lies two levels below it.
 */
export class ConfinedProof {
  readonly #systemPath: (realPath: string) => string | Buffer
  /** `a/b` → `a/b/../..`, for the directories met last. */
  readonly #climbs = new Map<string, string>()
  #root: Inode | undefined

  /** `systemPath` gives what `node:fs` is to be asked about a path below the root. */
  constructor(systemPath: (realPath: string) => string | Buffer) {
    this.#systemPath = systemPath
  }

  /** Whether the parents of the path are where they were; one `stat`, none for an entry of the root itself. */
  holds(realPath: string): boolean {
    const end = realPath.lastIndexOf('/')
    if (end === -1) return true
    const top = this.#inodeOf(this.#climb(realPath.slice(0, end)))
    if (top === undefined) return false
    if (isSameInode(top, this.#root)) return true
    this.#root = this.#inodeOf('')
    return isSameInode(top, this.#root)
  }

  #inodeOf(realPath: string): Inode | undefined {
    return orUndefined(() => inodeOf(this.#systemPath(realPath)))
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

/** What tells one file from another; numbers where they are exact. */
interface Inode {
  readonly dev: number | bigint
  readonly ino: number | bigint
}

/** Numbers cost half of what bigints do, and file systems with inode numbers above 2^53 are rare. */
function inodeOf(path: string | Buffer): Inode | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || Number.isSafeInteger(stats.ino)) return stats
  return statSync(path, { bigint: true, throwIfNoEntry: false })
}

function isSameInode(left: Inode, right: Inode | undefined): boolean {
  return right !== undefined && left.ino === right.ino && left.dev === right.dev
}
