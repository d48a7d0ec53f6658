import { randomUUID } from 'node:crypto'
import type { DataRoot } from './data-root.js'
import type { DirectoryEntry } from './directory-entry.js'
import { FileStateError } from './file-state-error.js'
import type { FileSignature } from './file-signature.js'
import { SyncQueue } from './sync-queue.js'
import { pathError } from './system-error.js'
import { Tree } from './tree.js'
import { type NodeChild, TreeDigest } from './tree-digest.js'
import type { TreeEntry } from './tree-entry.js'
import type { SyncOptions, SyncResult, TreeIndexOptions, WatchInternals } from './tree-index-options.js'
import {
  type ChangeSet,
  changesSince,
  childrenOf,
  entryAt,
  isExcusedByWatch,
  listingOf,
  racyPaths,
  subtreeSequenceOf,
  unreadableBelow,
  walkTree,
} from './tree-queries.js'
import { TreeUpkeep } from './tree-upkeep.js'

/**
 * Every directory and file below a root with its signature, and a sequence number for each change.
 *
 * It knows nothing before the first `sync`, and afterwards what the latest one saw. Symbolic links and special files are
 * recorded, never followed or opened. A file that changes again within the granularity of its timestamps may keep its
 * signature: whoever read a file asks `racy` what has to be read again at the next use.
 */
export class TreeIndex implements AsyncDisposable {
  /** Differs for each index object: sequences compare only within one identity. */
  readonly identity: string = randomUUID()
  /** What is left out with all below it, relative to the root. */
  readonly excluded: readonly string[]
  readonly #root: DataRoot
  readonly #tree = new Tree((directory) => this.#upkeep.drop(directory))
  readonly #digest = new TreeDigest(this.#tree)
  readonly #upkeep: TreeUpkeep
  readonly #queue = new SyncQueue<SyncResult>(async (request) => {
    this.#assertOpen()
    const result = await this.#upkeep.walk(request)
    this.#assertOpen()
    return result
  })
  #closed = false

  private constructor(options: TreeIndexOptions, internals: WatchInternals) {
    this.#root = options.root
    this.excluded = [...(options.exclude ?? [])]
    const host = { tree: this.#tree, isClosed: () => this.#closed, sync: () => this.sync() }
    this.#upkeep = new TreeUpkeep(host, options, internals)
  }

  /** Makes an index; it walks nothing before the first `sync`. */
  static async open(options: TreeIndexOptions, internals: WatchInternals = {}): Promise<TreeIndex> {
    return new TreeIndex(options, internals)
  }

  /** How the index keeps itself current; `watch` can become `scan`, never the other way round. */
  get mode(): 'scan' | 'watch' {
    return this.#upkeep.mode
  }

  /** Why the index works in its mode. */
  get reason(): string {
    return this.#upkeep.reason
  }

  /** How many changes the audit of *watch* mode found that no event had told of. */
  get missedByWatch(): number {
    return this.#upkeep.missedByWatch
  }

  /**
   * Brings the index up to date by a walk that begins after this call.
   *
   * Calls that arrive during a walk share the next one. A walk pauses every 10 ms of work. In *watch* mode the first walk
   * covers the whole root, and later ones what events named.
   *
   * @throws FileStateError ROOT_NOT_FOUND, ROOT_NOT_DIRECTORY, PERMISSION_DENIED, INDEX_CLOSED, PATH_INVALID when the
   * scope is not a path as `DataRoot.stat` gives it
   */
  async sync({ scope = '', signal }: SyncOptions = {}): Promise<SyncResult> {
    this.#assertOpen()
    assertRealPath(scope)
    return this.#queue.run(scope, signal)
  }

  /** One entry; `''` is the root. */
  entry(path: string): TreeEntry | undefined {
    return entryAt(this.#tree, path)
  }

  /** The entries of a directory, sorted by the bytes of their names. */
  children(directory: string): readonly TreeEntry[] {
    return childrenOf(this.#tree, directory)
  }

  /** Names and kinds of the entries of a directory, sorted by the bytes of the names: quicker than {@link children}. */
  list(directory: string): readonly DirectoryEntry[] {
    return listingOf(this.#tree, directory)
  }

  /** The scope's entry and all below it, depth first, sorted by the bytes of their names. */
  walk(scope: string): Iterable<TreeEntry> {
    return walkTree(this.#tree, scope)
  }

  /** The highest sequence of any change at or below a scope; an upper bound when the scope does not exist. */
  subtreeSequence(scope: string): number {
    return subtreeSequenceOf(this.#tree, scope)
  }

  /** What changed at or below a scope since a sequence that this index gave. */
  changesSince(sequence: number, scope: string): ChangeSet {
    return changesSince(this.#tree, sequence, scope)
  }

  /**
   * Files at or below a scope that could have changed after `readStartedNs` and not be among the changes of a later
   * `sync`, because they still show the same signature. See {@link isRacy}.
   */
  racy(scope: string, readStartedNs: bigint): readonly string[] {
    const paths = this.racyBySignature(scope, readStartedNs)
    return this.mode === 'scan' ? paths : paths.filter((path) => !isExcusedByWatch(this.#tree, path))
  }

  /** As {@link racy}, for whoever compares signatures later, in whatever mode. */
  racyBySignature(scope: string, readStartedNs: bigint): readonly string[] {
    return racyPaths(this.#tree, this.#root, { scope, readStartedNs })
  }

  /**
   * Whether a file that was read from `readStartedNs` on, after a `sync`, could change and not be among the changes of a
   * later one.
   *
   * In *watch* mode an event tells of a write however the file looks, so only files with several names are in doubt. That
   * holds for this index alone: whoever compares signatures later goes by `DataRoot.isRacy`.
   */
  isRacy(path: string, signature: FileSignature, readStartedNs: bigint): boolean {
    if (this.mode === 'watch' && isExcusedByWatch(this.#tree, path)) return false
    return this.#root.isRacy(path, signature, readStartedNs)
  }

  /**
   * A digest of everything at or below a directory: names, kinds, signatures, targets of symbolic links, what could not
   * be listed, and of directories mode, owner and group. Equal digests mean equal trees. `''` when there is no directory.
   */
  digest(directory: string): string {
    const node = this.#tree.directory(directory)
    return node === undefined ? '' : this.#digest.ofDirectory(node)
  }

  /** The entries of a directory as they went into its digest. */
  node(directory: string): readonly NodeChild[] {
    const node = this.#tree.directory(directory)
    return node === undefined ? [] : this.#digest.childrenOf(node)
  }

  /** Directories at or below a scope that could not be listed or examined. */
  unreadable(scope: string): readonly string[] {
    return unreadableBelow(this.#tree, scope)
  }

  /** Ends a running walk and waits for it, and for what is to be stored. */
  async close(): Promise<void> {
    this.#closed = true
    this.#upkeep.stop()
    await this.#queue.settled()
    await this.#upkeep.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #assertOpen(): void {
    if (this.#closed) throw new FileStateError('INDEX_CLOSED', 'Cannot sync the index: it is closed')
  }
}

/** A walk takes the names of its scope literally, so `..` must never get there. */
function assertRealPath(scope: string): void {
  const isReal = scope === '' || scope.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  if (isReal && !scope.includes('\0')) return
  throw pathError('PATH_INVALID', { action: 'index', path: scope }, 'it is not a real path relative to the root')
}
