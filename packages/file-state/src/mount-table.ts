import { closeSync, openSync, readSync } from 'node:fs'
import { decodeName } from './file-name.js'
import { orUndefined } from './system-error.js'
import { isWithin } from './tree-queries.js'

const pieceBytes = 65_536
const mountPointField = 4

/**
 * Which directories below a root other file systems are mounted over.
 *
 * A mount raises no event in the directory that it hides, so the table of mounts is read again each time: about thirty
 * microseconds. That something was unmounted is told by events of what was hidden.
 */
export class MountTable {
  readonly #rootPath: string
  readonly #descriptor = orUndefined(() => openSync('/proc/self/mountinfo', 'r'))
  readonly #piece = Buffer.allocUnsafe(pieceBytes)
  #text = ''
  #mounts: ReadonlyMap<string, string> = new Map()

  /** @param rootPath canonical absolute path */
  constructor(rootPath: string) {
    this.#rootPath = rootPath
    this.takeChanged()
  }

  /** Paths relative to the root of which the mounts are others than at the last call. */
  takeChanged(): readonly string[] {
    const text = orUndefined(() => this.#read()) ?? this.#text
    if (text === this.#text) return []
    const before = this.#mounts
    this.#text = text
    this.#mounts = mountsBelow(this.#rootPath, text)
    const paths = new Set([...before.keys(), ...this.#mounts.keys()])
    return [...paths].filter((path) => before.get(path) !== this.#mounts.get(path))
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
  }

  #read(): string {
    if (this.#descriptor === undefined) return ''
    let text = ''
    for (let position = 0; ;) {
      const length = readSync(this.#descriptor, this.#piece, 0, pieceBytes, position)
      if (length === 0) return text
      text += this.#piece.toString('latin1', 0, length)
      position += length
    }
  }
}

/** The lines about each path below the root; several when one mount hides another. */
function mountsBelow(rootPath: string, text: string): Map<string, string> {
  const mounts = new Map<string, string>()
  for (const line of text.split('\n')) {
    const path = mountPoint(line)
    if (path === undefined || path === rootPath || !isWithin(path, rootPath === '/' ? '' : rootPath)) continue
    const relative = path.slice(rootPath.endsWith('/') ? rootPath.length : rootPath.length + 1)
    mounts.set(relative, `${mounts.get(relative) ?? ''}${line}\n`)
  }
  return mounts
}

/** The kernel writes space, tab, line feed and backslash as three octal digits, see proc_pid_mountinfo(5). */
function mountPoint(line: string): string | undefined {
  const escaped = line.split(' ')[mountPointField]
  const bytes = escaped?.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
  return bytes === undefined ? undefined : decodeName(Buffer.from(bytes, 'latin1'))
}
