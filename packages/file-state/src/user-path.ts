import { basename, isAbsolute, resolve } from 'node:path'
import { isUnencodable } from './file-name.js'
import { pathError } from './system-error.js'

const longestPathBytes = 4_096
const longestNameBytes = 255
const action = 'resolve'

/** What a {@link UserPath} has to know about the root. */
export interface UserPathOptions {
  /** The root as the user wrote it. */
  readonly given: string
  /** The root's canonical absolute path. */
  readonly path: string
  /** Whether an entry exists below the root. */
  readonly exists: (path: string) => boolean
  /** The path without symbolic links of a directory below the root, `undefined` when it is no directory. */
  readonly realDirectory: (path: string) => string | undefined
}

/** Understands paths as people and models write them: relative, absolute, or with the root's own name in front. */
export class UserPath {
  readonly #options: UserPathOptions
  readonly #absolutePrefixes: readonly (readonly string[])[]
  readonly #relativePrefixes: readonly (readonly string[])[]

  constructor(options: UserPathOptions) {
    this.#options = options
    const { given, path } = options
    const name = basename(resolve(given))
    this.#absolutePrefixes = [path, resolve(given)].map(partsOf)
    this.#relativePrefixes = [isAbsolute(given) ? [] : partsOf(given), name === '' ? [] : [name]].filter(
      (parts) => parts.length > 0,
    )
  }

  /** The path relative to the root, `''` for the root itself. */
  toRelative(userPath: string): string {
    checkText(userPath)
    const parts = isAbsolute(userPath) ? this.#fromAbsolute(userPath) : this.#fromRelative(partsOf(userPath))
    return this.#withoutParents(parts, userPath)
  }

  #fromAbsolute(userPath: string): readonly string[] {
    const parts = partsOf(userPath)
    const prefix = this.#absolutePrefixes.find((candidate) => startsWith(parts, candidate))
    if (prefix === undefined) throw outside(userPath)
    return parts.slice(prefix.length)
  }

  #fromRelative(parts: readonly string[]): readonly string[] {
    for (const prefix of this.#relativePrefixes) {
      if (!startsWith(parts, prefix)) continue
      if (prefix.includes('..') || !this.#options.exists(prefix.join('/'))) return parts.slice(prefix.length)
    }
    return parts
  }

  /** Takes `..` out. Behind a symbolic link it means the parent of the link's target, as POSIX says. */
  #withoutParents(parts: readonly string[], userPath: string): string {
    let kept: string[] = []
    for (const part of parts) {
      if (part !== '..') {
        kept.push(part)
        continue
      }
      if (kept.length === 0) throw outside(userPath)
      const real = this.#options.realDirectory(kept.join('/'))
      if (real === '') throw outside(userPath)
      kept = real === undefined ? kept : real.split('/')
      kept.pop()
    }
    return kept.join('/')
  }
}

function partsOf(path: string): readonly string[] {
  const separated = process.platform === 'win32' ? path.replaceAll('\\', '/') : path
  return separated.split('/').filter((part) => part !== '' && part !== '.')
}

function startsWith(parts: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((part, index) => parts[index] === part)
}

function outside(userPath: string): Error {
  return pathError('PATH_OUTSIDE_ROOT', { action, path: userPath }, 'it leads outside the root')
}

function checkText(userPath: string): void {
  if (typeof userPath !== 'string') throw new TypeError('Cannot resolve a path that is not a string')
  if (userPath.includes('\0')) throw pathError('PATH_INVALID', { action, path: userPath }, 'it holds a NUL byte')
  if (isUnencodable(userPath)) throw pathError('PATH_INVALID', { action, path: userPath }, 'it is not valid Unicode')
  const tooLong =
    Buffer.byteLength(userPath) > longestPathBytes ||
    userPath.split('/').some((part) => Buffer.byteLength(part) > longestNameBytes)
  if (tooLong) throw pathError('PATH_INVALID', { action, path: `${userPath.slice(0, 60)}…` }, 'the path is too long')
}
