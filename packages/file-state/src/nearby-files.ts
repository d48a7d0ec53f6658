import { fstatSync } from 'node:fs'
import { joinPath } from './directory-node.js'
import { signatureOf } from './file-signature.js'
import { FileStateError } from './file-state-error.js'
import type { Foothold } from './foothold.js'
import { OpenFile } from './open-file.js'
import type { RootAccess } from './root-access.js'
import { systemErrorCode } from './system-error.js'

/** What opens files inside a root. */
export interface FileOpener {
  /** @throws FileStateError as `DataRoot.open()` */
  open(path: string): OpenFile
}

interface HeldDirectory extends Disposable {
  /** As it was asked for. */
  readonly path: string
  readonly realPath: string
  readonly foothold: Foothold
}

/**
 * Opens files one after the other and holds the directory of the latest one, so that the next file in it takes no walk: half
 * of what it takes to read a small file.
 *
 * A directory is held for the present turn of the event loop at most. It was reached inside the root in that turn, so what
 * is opened in it is as confined as after a walk of its own. But if the directory is replaced within the turn, files asked
 * for after that still come from the old one: use this only for files that were all asked for at once.
 */
export class NearbyFiles implements FileOpener {
  readonly #root: FileOpener
  readonly #access: RootAccess
  #held: HeldDirectory | undefined

  constructor(root: FileOpener, access: RootAccess) {
    this.#root = root
    this.#access = access
  }

  open(path: string): OpenFile {
    const end = path.lastIndexOf('/')
    const name = path.slice(end + 1)
    const isName = end > 0 && name !== '' && name !== '.' && name !== '..'
    return (isName ? this.#openIn(path.slice(0, end), name) : undefined) ?? this.#root.open(path)
  }

  /** `undefined` unless there is a regular file of that name, which can be opened: a walk says why not, or finds it. */
  #openIn(directory: string, name: string): OpenFile | undefined {
    try {
      const { foothold, realPath } = this.#held?.path === directory ? this.#held : this.#hold(directory)
      const found = foothold.openFile(name)
      if (typeof found === 'string') return undefined
      return new OpenFile(found, signatureOf(fstatSync(found, { bigint: true })), joinPath(realPath, name))
    } catch (error) {
      if (error instanceof FileStateError || systemErrorCode(error) !== undefined) return undefined
      throw error
    }
  }

  #hold(path: string): HeldDirectory {
    this.#held?.[Symbol.dispose]()
    this.#held = undefined
    const held = this.#access.walk('open', path, (walk): HeldDirectory => {
      walk.toDirectory()
      const realPath = walk.realPath('')
      const foothold = walk.take()
      return { path, realPath, foothold, [Symbol.dispose]: () => foothold[Symbol.dispose]() }
    })
    this.#held = held
    setImmediate(() => {
      held[Symbol.dispose]()
      if (this.#held === held) this.#held = undefined
    })
    return held
  }
}
