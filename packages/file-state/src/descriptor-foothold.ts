import { type BigIntStats, closeSync, constants, fstatSync, openSync, statSync } from 'node:fs'
import { type EntryKind, kindOfMode } from './entry-kind.js'
import { encodePath } from './file-name.js'
import type { Foothold } from './foothold.js'
import { systemErrorCode } from './system-error.js'

/** `O_PATH` of Linux, the same on every architecture Node runs on: names an inode without opening it. */
const openPath = 0o10000000
const directoryFlags = openPath | constants.O_DIRECTORY
const inspectFlags = openPath | constants.O_NOFOLLOW
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/**
 * A directory held by a descriptor, whose entries are reached through `/proc/self/fd/N/name`.
 *
 * Whatever is renamed or replaced on the way to it meanwhile, what is reached is an entry of this very directory. A file
 * is first pinned with `O_PATH`, which has no side effect on a FIFO or a device, and then opened as what was pinned.
 */
export class DescriptorFoothold implements Foothold {
  readonly location: string
  readonly #descriptor: number
  #closed = false

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
    this.location = `/proc/self/fd/${descriptor}`
  }

  /** Tells whether this system lets directories be reached through their descriptors. */
  static isSupported(): boolean {
    return process.platform === 'linux' && statSync('/proc/self/fd', { throwIfNoEntry: false }) !== undefined
  }

  /** Holds the directory at an absolute path; symbolic links on the way to it are followed. */
  static hold(path: string): DescriptorFoothold {
    return new DescriptorFoothold(openSync(path, directoryFlags))
  }

  at(name: string): string | Buffer {
    return encodePath(`${this.location}/${name}`)
  }

  stats(): BigIntStats {
    return fstatSync(this.#descriptor, { bigint: true })
  }

  enter(name: string): Foothold | undefined {
    try {
      return new DescriptorFoothold(openSync(this.at(name), directoryFlags | constants.O_NOFOLLOW))
    } catch (error) {
      const code = systemErrorCode(error)
      if (code === 'ENOTDIR' || code === 'ELOOP') return undefined
      throw error
    }
  }

  openFile(name: string): number | Exclude<EntryKind, 'file'> {
    const pinned = openSync(this.at(name), inspectFlags)
    try {
      const kind = kindOfMode(fstatSync(pinned, { bigint: true }).mode)
      return kind === 'file' ? openSync(`/proc/self/fd/${pinned}`, readFlags) : kind
    } finally {
      closeSync(pinned)
    }
  }

  [Symbol.dispose](): void {
    if (this.#closed) return
    this.#closed = true
    closeSync(this.#descriptor)
  }
}
