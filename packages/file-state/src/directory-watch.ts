import { type FSWatcher, watch } from 'node:fs'
import type { DirectoryNode } from './directory-node.js'
import type { Foothold } from './foothold.js'

/** Under this name the events of the directory itself come in: no entry can have it. */
export const ownName = '.'

/** What events told of a name. */
export interface Told {
  /** How often it came or went. */
  readonly moves: number
  /** Whether what it names changed after it last came or went. */
  readonly isWritten: boolean
  /** Whether it was, just after it first came or went, the only name of a file or link. */
  readonly isPlain: boolean
}

/** Receives what a watch delivers. */
export interface WatchSink {
  /**
   * @param name as bytes; `null` when the system gives none
   * @param moved whether the name came or went, and not only what it names changed
   */
  onEvent(watch: DirectoryWatch, name: Buffer | null, moved: boolean): void
  onError(error: Error): void
}

/**
 * One non-recursive watch on the inode of a directory.
 *
 * It is made through the held descriptor, so that it cannot end up on whatever has taken the directory's place.
 */
export class DirectoryWatch {
  readonly node: DirectoryNode
  /** Names that events named and that were not looked at since, and what they told. */
  names: Map<string, Told> | undefined
  /** Nobody is interested any more; it is closed when that is safe. */
  isRetired = false
  readonly #watcher: FSWatcher

  /** @throws system errors of inotify_add_watch */
  constructor(node: DirectoryNode, foothold: Foothold, sink: WatchSink) {
    this.node = node
    const options = { persistent: false, recursive: false, encoding: 'buffer' } as const
    this.#watcher = watch(`${foothold.location}/${ownName}`, options)
    this.#watcher.on('change', (type: string, name: Buffer | null) => sink.onEvent(this, name, type === 'rename'))
    this.#watcher.on('error', (error) => sink.onError(error))
  }

  close(): void {
    this.#watcher.close()
  }
}
