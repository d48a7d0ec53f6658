import { closeSync, openSync, readSync } from 'node:fs'
import { decodeName } from './file-name.js'
import { orUndefined } from './system-error.js'
import { isWithin } from './tree-queries.js'

const pieceBytes = 65_536
const mountPointField = 4

/** What became of the mounts since the last look. */
export interface MountChanges {
  /** Paths below the root, relative to it, of which the mounts are others than before. */
  readonly below: readonly string[]
  /** Whether mounts of the root, or of a directory above it, are others: those below may be hidden, or shown, by that. */
  readonly isOtherAbove: boolean
}

/**
 * What is mounted below a root.
 *
 * A mount raises no event in the directory that it hides, so the table of mounts is read again each time: about thirty
 * microseconds. That something was unmounted is told by events of what was hidden.
 */
export class MountTable {
  readonly #rootPath: string
  readonly #descriptor = orUndefined(() => openSync('/proc/self/mountinfo', 'r'))
  readonly #piece = Buffer.allocUnsafe(pieceBytes)
  #text = ''
  #mounts: Mounts = { below: new Map(), above: '' }

  /** @param rootPath canonical absolute path */
  constructor(rootPath: string) {
    this.#rootPath = rootPath
  }

  /** Whether something is mounted at a path relative to the root, as far as the last look told. */
  isMounted(path: string): boolean {
    return this.#mounts.below.has(path)
  }

  /** What differs from the last call; the first one tells of all mounts. */
  takeChanges(): MountChanges {
    const text = orUndefined(() => this.#read()) ?? this.#text
    if (text === this.#text) return { below: [], isOtherAbove: false }
    const before = this.#mounts
    const now = mountsAround(this.#rootPath, text)
    this.#text = text
    this.#mounts = now
    const paths = new Set([...before.below.keys(), ...now.below.keys()])
    const below = [...paths].filter((path) => before.below.get(path) !== now.below.get(path))
    return { below, isOtherAbove: before.above !== now.above }
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

/** Lines of the table. */
interface Mounts {
  /** Those about each path below the root; several when one mount hides another. */
  readonly below: ReadonlyMap<string, string>
  /** Those about the root and the directories above it. */
  readonly above: string
}

function mountsAround(rootPath: string, text: string): Mounts {
  const below = new Map<string, string>()
  let above = ''
  for (const line of text.split('\n')) {
    const path = mountPoint(line)
    if (path === undefined) continue
    if (isWithin(rootPath, path === '/' ? '' : path)) above += `${line}\n`
    else if (isWithin(path, rootPath === '/' ? '' : rootPath)) {
      const relative = path.slice(rootPath.endsWith('/') ? rootPath.length : rootPath.length + 1)
      below.set(relative, `${below.get(relative) ?? ''}${line}\n`)
    }
  }
  return { below, above }
}

/** The kernel writes space, tab, line feed and backslash as three octal digits, see proc_pid_mountinfo(5). */
function mountPoint(line: string): string | undefined {
  const escaped = line.split(' ')[mountPointField]
  const bytes = escaped?.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
  return bytes === undefined ? undefined : decodeName(Buffer.from(bytes, 'latin1'))
}
