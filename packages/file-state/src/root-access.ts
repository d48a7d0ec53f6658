import { ConfinedWalk } from './confined-walk.js'
import { DescriptorFoothold } from './descriptor-foothold.js'
import { FileStateError } from './file-state-error.js'
import type { Foothold } from './foothold.js'
import { PathFoothold } from './path-foothold.js'
import { pathError, systemErrorCode, translateError } from './system-error.js'

/** How the root is reached and called. */
export interface RootAccessOptions {
  /** Canonical absolute path. */
  readonly path: string
  /** The absolute path that the root was given as; it can lead through a symbolic link. */
  readonly givenPath: string
  /** What messages call the root. */
  readonly name: string
}

/** Starts walks below a root, each at whatever directory the root's path names by then. */
export class RootAccess {
  readonly #options: RootAccessOptions
  readonly #hold: (path: string) => Foothold
  #closed = false

  constructor(options: RootAccessOptions) {
    this.#options = options
    this.#hold = DescriptorFoothold.isSupported()
      ? (path) => DescriptorFoothold.hold(path)
      : (path) => PathFoothold.hold(path)
  }

  /** Walks along a path and lets go of everything afterwards; errors of the system come out as `FileStateError`. */
  walk<Result>(action: string, path: string, use: (walk: ConfinedWalk) => Result): Result {
    if (this.#closed) throw pathError('ROOT_CLOSED', { action, path }, 'the root is closed')
    const { path: rootPath, givenPath } = this.#options
    const root = this.#holdRoot()
    try {
      using walk = new ConfinedWalk(path, { root, rootPaths: [rootPath, givenPath], action })
      return use(walk)
    } catch (error) {
      throw translateError(error, { action, path })
    }
  }

  close(): void {
    this.#closed = true
  }

  #holdRoot(): Foothold {
    try {
      return this.#hold(this.#options.path)
    } catch (error) {
      throw translateRootError(error, this.#options.name)
    }
  }
}

/** As `translateError`, for the root itself. */
export function translateRootError(error: unknown, name: string): unknown {
  if (error instanceof FileStateError) return error
  const code = systemErrorCode(error)
  if (code === 'ENOENT') return pathError('ROOT_NOT_FOUND', { action: 'open root', path: name }, 'no such directory')
  if (code === 'ENOTDIR')
    return pathError('ROOT_NOT_DIRECTORY', { action: 'open root', path: name }, 'it is not a directory')
  return translateError(error, { action: 'open root', path: name })
}
