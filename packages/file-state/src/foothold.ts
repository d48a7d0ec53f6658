import type { BigIntStats } from 'node:fs'
import type { EntryKind } from './entry-kind.js'

/**
 * A directory that a walk stands in.
 *
 * No method follows a symbolic link: `enter` and `openFile` answer what they found instead, and the walk decides.
 */
export interface Foothold extends Disposable {
  /** A path that names the directory itself for `node:fs`. */
  readonly location: string
  /** A path that names an entry of the directory for `node:fs`. */
  at(name: string): string | Buffer
  /** The directory's own stats. */
  stats(): BigIntStats
  /** Steps into a subdirectory; `undefined` when `name` is anything but a directory. */
  enter(name: string): Foothold | undefined
  /** Opens a regular file for reading and gives its descriptor, or tells what else `name` is. */
  openFile(name: string): number | Exclude<EntryKind, 'file'>
  [Symbol.dispose](): void
}
