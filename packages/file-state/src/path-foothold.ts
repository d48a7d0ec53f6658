import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type EntryKind, kindOfMode } from './entry-kind.js'
import { encodePath } from './file-name.js'
import type { Foothold } from './foothold.js'
import { systemErrorCode } from './system-error.js'

/** Windows has neither flag; there both are `undefined`. */
const optional = (flag: number | undefined): number => flag ?? 0
const readFlags = constants.O_RDONLY | optional(constants.O_NOFOLLOW) | optional(constants.O_NONBLOCK)

/**
 * A directory known by its path, for systems that cannot reach entries through a descriptor.
 *
 * Each step is checked with `lstat`, and once a file is open the way to it is checked again: what was opened is handed
 * out only if its path still has no symbolic link in it and still names the opened inode.
 */
export class PathFoothold implements Foothold {
  readonly location: string

  private constructor(location: string) {
    this.location = location
  }

  /** Stands in the directory at a canonical absolute path. */
  static hold(path: string): PathFoothold {
    if (!lstatSync(path).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
    return new PathFoothold(path)
  }

  at(name: string): string | Buffer {
    return encodePath(join(this.location, name))
  }

  stats(): BigIntStats {
    return lstatSync(this.location, { bigint: true })
  }

  enter(name: string): Foothold | undefined {
    return lstatSync(this.at(name)).isDirectory() ? new PathFoothold(join(this.location, name)) : undefined
  }

  openFile(name: string): number | Exclude<EntryKind, 'file'> {
    const path = this.at(name)
    const before = lstatSync(path, { bigint: true })
    const kind = kindOfMode(before.mode)
    if (kind !== 'file') return kind
    const descriptor = openUnlessLink(path)
    if (descriptor === undefined) return 'symlink'
    const opened = fstatSync(descriptor, { bigint: true })
    const same = opened.dev === before.dev && opened.ino === before.ino
    if (same && realpathSync.native(this.location) === this.location) return descriptor
    closeSync(descriptor)
    return 'symlink'
  }

  [Symbol.dispose](): void {
    // Nothing is held.
  }
}

function openUnlessLink(path: string | Buffer): number | undefined {
  try {
    return openSync(path, readFlags)
  } catch (error) {
    if (systemErrorCode(error) === 'ELOOP') return undefined
    throw error
  }
}
