import type { DirectoryNode } from './directory-node.js'
import { DirectoryWatch, ownName, type Told, type WatchSink } from './directory-watch.js'
import type { EventQueue } from './event-queue.js'
import { decodeName } from './file-name.js'
import type { Foothold } from './foothold.js'
import { RetiredWatches } from './retired-watches.js'
import { systemErrorCode } from './system-error.js'

/** Above this many names that events named and nobody asked about, it is cheaper to look at everything. */
const rememberedNames = 65_536

/** Names that are looked at as soon as they come, at most, until all are looked at: it takes some microseconds each. */
const glimpses = 500

/** Errors after which a single directory cannot be watched now. They are those after which it cannot be listed either. */
const ownFailures: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'])

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the limit fs.inotify.max_user_watches is reached',
  EMFILE: 'the limit fs.inotify.max_user_instances or of open files is reached',
}

/** A directory and the names in it that events named, with what they told. */
export interface DirtyDirectory {
  readonly watch: DirectoryWatch
  readonly names: ReadonlyMap<string, Told>
}

/** How events are taken down. */
export interface WatchesOptions {
  /** Whether an overflow of the queue is heeded. */
  readonly distrustBulk: boolean
  /** Looks at a name that just came or went: whether it is the only one of a file or link. */
  readonly isPlain: (node: DirectoryNode, name: string) => boolean
}

/** The watches of all directories of one index, and what they told. */
export class DirectoryWatches implements WatchSink {
  /** Directories that could not be watched: they have to be tried again each time. */
  readonly unwatched = new Set<DirectoryNode>()
  readonly #queue: EventQueue
  readonly #retired: RetiredWatches
  readonly #isPlain: WatchesOptions['isPlain']
  readonly #onOverflow = (): void => this.#loseEvents()
  #dirty = new Set<DirectoryWatch>()
  #remembered = 0
  #glimpses = 0
  #lostEvents = false
  #failure: string | undefined

  constructor(queue: EventQueue, options: WatchesOptions) {
    this.#queue = queue
    this.#isPlain = options.isPlain
    this.#retired = new RetiredWatches(queue)
    if (options.distrustBulk) queue.subscribe(this.#onOverflow)
  }

  /** Why watching has to end. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Whether it is unknown by now what events named. */
  get lostEvents(): boolean {
    return this.#lostEvents
  }

  /** Watches a directory; a watch that it had is replaced, because the directory may have been, too. */
  watch(node: DirectoryNode, foothold: Foothold): void {
    const previous = node.watch
    try {
      node.watch = new DirectoryWatch(node, foothold, this)
      this.unwatched.delete(node)
      this.#inherit(node.watch, previous)
    } catch (error) {
      const code = systemErrorCode(error)
      if (code === undefined) throw error
      node.watch = undefined
      if (ownFailures.has(code)) this.unwatched.add(node)
      else this.fail(reasons[code] ?? `the system reported ${code}`)
    }
    if (previous !== undefined) this.#retire(previous)
  }

  /** Stops watching a directory that is known no longer. */
  drop(node: DirectoryNode): void {
    this.unwatched.delete(node)
    if (node.watch !== undefined) this.#retire(node.watch)
    node.watch = undefined
  }

  /** Waits until every event that is in the queue now has been taken down. */
  drained(): Promise<void> {
    return this.#queue.drained()
  }

  /** What events named since the last call. */
  take(): readonly DirtyDirectory[] {
    const dirty = [...this.#dirty].map((watch) => ({ watch, names: watch.names ?? new Map<string, Told>() }))
    this.forget()
    return dirty
  }

  /** Forgets what events named, because everything is looked at anyway. */
  forget(): void {
    for (const watch of this.#dirty) watch.names = undefined
    this.#dirty.clear()
    this.#remembered = 0
    this.#glimpses = 0
    this.#lostEvents = false
  }

  onEvent(watch: DirectoryWatch, name: Buffer | null, moved: boolean): void {
    this.#queue.count()
    if (this.#queue.isFlooded) this.#endFlood(watch)
    if (watch.isRetired || this.#lostEvents) return
    const text = name === null ? ownName : decodeName(name)
    const isPlain = moved && watch.names?.has(text) !== true && this.#glimpse(watch, text)
    this.#remember(watch, text, { moves: moved ? 1 : 0, isWritten: !moved, isPlain })
  }

  onError(error: Error): void {
    this.fail(`a watch failed: ${systemErrorCode(error) ?? error.name}`)
  }

  fail(reason: string): void {
    this.#failure ??= reason
  }

  /** Closes all watches. Other indexes of the thread may have lost events by that, and are told. */
  close(nodes: Iterable<DirectoryNode>): void {
    for (const node of nodes) {
      node.watch?.close()
      node.watch = undefined
    }
    this.#retired.closeAll()
    this.#queue.unsubscribe(this.#onOverflow)
    this.#queue.overflow()
    this.unwatched.clear()
    this.#dirty.clear()
  }

  #retire(watch: DirectoryWatch): void {
    this.#dirty.delete(watch)
    this.#retired.add(watch)
  }

  /** What the previous watch of a directory told is still to be looked at. */
  #inherit(watch: DirectoryWatch, previous: DirectoryWatch | undefined): void {
    for (const [name, told] of previous?.names ?? []) this.#remember(watch, name, told)
  }

  #remember(watch: DirectoryWatch, name: string, { moves, isWritten, isPlain }: Told): void {
    const names = (watch.names ??= new Map<string, Told>())
    const before = names.size
    const known = names.get(name)
    names.set(name, { moves: (known?.moves ?? 0) + moves, isWritten, isPlain: known?.isPlain ?? isPlain })
    this.#dirty.add(watch)
    this.#remembered += names.size - before
    if (this.#remembered > rememberedNames) this.#loseEvents()
  }

  #glimpse(watch: DirectoryWatch, name: string): boolean {
    if (this.#glimpses === glimpses) return false
    this.#glimpses += 1
    return this.#isPlain(watch.node, name)
  }

  /** Without its watch a directory fills the queue no longer; the next `sync` looks at everything and watches it again. */
  #endFlood(watch: DirectoryWatch): void {
    watch.close()
    this.#loseEvents()
  }

  #loseEvents(): void {
    this.forget()
    this.#lostEvents = true
  }
}
