import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs'
import { kindOfMode } from './entry-kind.js'
import { decodeName } from './file-name.js'
import type { Foothold } from './foothold.js'
import { pathError, systemErrorCode } from './system-error.js'

/** As many symbolic links as Linux follows in one path. */
const linkLimit = 40

/** Where a walk starts and what it is for. */
export interface WalkOptions {
  /** The root; the walk disposes of it. */
  readonly root: Foothold
  /** Absolute paths that name the root, for symbolic links with absolute targets. */
  readonly rootPaths: readonly string[]
  /** What the caller is about, for error messages: `open`, `list`. */
  readonly action: string
}

/**
 * Goes along a path below a root one component at a time and never leaves the root, whatever is renamed meanwhile.
 *
 * Symbolic links are followed by hand: the names of the target are walked like any others. `..` goes back to the
 * directory that the walk came through, as POSIX says, and not to whatever is its parent by now.
 */
export class ConfinedWalk implements Disposable {
  readonly #options: WalkOptions
  readonly #path: string
  readonly #footholds: Foothold[]
  readonly #names: string[] = []
  readonly #pending: string[]
  #links = 0

  constructor(path: string, options: WalkOptions) {
    this.#options = options
    this.#path = path
    this.#footholds = [options.root]
    this.#pending = path.split('/').toReversed()
  }

  /** The directory that the walk stands in. */
  get foothold(): Foothold {
    return this.#footholds.at(-1) ?? this.#options.root
  }

  /** The path of an entry of the present directory without symbolic links; `''` names the directory itself. */
  realPath(name: string): string {
    return [...this.#names, name].filter((part) => part !== '').join('/')
  }

  /** Walks until one name is left and gives it; `''` when the path ended at the directory the walk stands in. */
  toLast(): string {
    for (let name = this.#pending.pop(); name !== undefined; name = this.#pending.pop()) {
      if (name === '' || name === '.') continue
      if (name === '..') this.#leave()
      else if (this.#pending.length === 0) return name
      else this.#enter(name)
    }
    return ''
  }

  /** Stats of the last name, following symbolic links, together with that name. */
  toTarget(): { readonly name: string; readonly stats: BigIntStats } {
    for (;;) {
      const name = this.toLast()
      const stats = name === '' ? this.foothold.stats() : lstatSync(this.foothold.at(name), { bigint: true })
      if (kindOfMode(stats.mode) !== 'symlink') return { name, stats }
      this.follow(name)
    }
  }

  /** Steps into the directory that the path names, following symbolic links. */
  toDirectory(): Foothold {
    for (let name = this.toLast(); name !== ''; name = this.toLast()) this.#enter(name)
    return this.foothold
  }

  /** Gives the present directory to the caller, who disposes of it from now on. */
  take(): Foothold {
    const taken = this.#footholds.pop()
    if (taken === undefined) throw new TypeError('Cannot take a directory from a walk twice')
    return taken
  }

  /** Puts the target of a symbolic link in place of its name. */
  follow(name: string): void {
    this.#links += 1
    if (this.#links > linkLimit) throw this.#error('SYMLINK_LOOP', 'too many symbolic links')
    const target = this.#readLink(name)
    if (target === undefined) {
      this.#pending.push(name)
      return
    }
    if (target.startsWith('/')) {
      const inside = this.#insideRoot(target)
      if (inside === undefined) throw this.#outside()
      while (this.#names.length > 0) this.#leave()
      this.#pending.push(...inside.split('/').toReversed())
    } else {
      this.#pending.push(...target.split('/').toReversed())
    }
  }

  [Symbol.dispose](): void {
    for (const foothold of this.#footholds) foothold[Symbol.dispose]()
  }

  #enter(name: string): void {
    const next = this.foothold.enter(name)
    if (next !== undefined) {
      this.#footholds.push(next)
      this.#names.push(name)
      return
    }
    const kind = kindOfMode(lstatSync(this.foothold.at(name), { bigint: true }).mode)
    if (kind !== 'symlink' && kind !== 'directory') {
      throw this.#error('NOT_A_DIRECTORY', `${JSON.stringify(this.realPath(name))} is not a directory`)
    }
    this.follow(name)
  }

  #leave(): void {
    if (this.#names.length === 0) throw this.#outside()
    this.#names.pop()
    this.#footholds.pop()?.[Symbol.dispose]()
  }

  /** The target of a link; `undefined` when the name was replaced by something else in the meantime. */
  #readLink(name: string): string | undefined {
    try {
      return decodeName(readlinkSync(this.foothold.at(name), { encoding: 'buffer' }))
    } catch (error) {
      if (systemErrorCode(error) === 'EINVAL') return undefined
      throw error
    }
  }

  #insideRoot(target: string): string | undefined {
    for (const rootPath of this.#options.rootPaths) {
      if (target === rootPath) return ''
      const prefix = rootPath.endsWith('/') ? rootPath : `${rootPath}/`
      if (target.startsWith(prefix)) return target.slice(prefix.length)
    }
    return undefined
  }

  #outside(): Error {
    return this.#error('PATH_OUTSIDE_ROOT', 'it leads outside the root')
  }

  #error(code: 'SYMLINK_LOOP' | 'NOT_A_DIRECTORY' | 'PATH_OUTSIDE_ROOT', reason: string): Error {
    return pathError(code, { action: this.#options.action, path: this.#path }, reason)
  }
}
