import { randomUUID } from 'node:crypto'
import type { DataRoot } from './data-root.js'
import { FileStateError } from './file-state-error.js'
import { SyncQueue, type WalkRequest } from './sync-queue.js'
import { pathError, translateError } from './system-error.js'
import { Tree } from './tree.js'
import { type NodeChild, TreeDigest } from './tree-digest.js'
import type { TreeEntry } from './tree-entry.js'
import {
  type ChangeSet,
  changesSince,
  childrenOf,
  entryAt,
  isWithin,
  racyPaths,
  subtreeSequenceOf,
  unreadableBelow,
  walkTree,
} from './tree-queries.js'
import { TreeScan } from './tree-scan.js'

/** How an index keeps itself current. */
export type Freshness = 'auto' | 'scan' | 'watch'

/** What an index is about. */
export interface TreeIndexOptions {
  readonly root: DataRoot
  /** Paths relative to the root that are left out with all below them, such as the cache directory. */
  readonly exclude?: readonly string[]
  /** `auto` by default. This version answers each of them by scanning; `mode` and `reason` say so. */
  readonly freshness?: Freshness
}

/** What a `sync` guarantees: everything that was finished before `startedNs` is in the index. */
export interface SyncResult {
  /** Sequence of the latest change known when the walk ended. */
  readonly sequence: number
  /** Wall-clock time before the walk began, nanoseconds since the epoch. */
  readonly startedNs: bigint
}

/** Which part of the tree to bring up to date, and for how long to wait. */
export interface SyncOptions {
  /** Path relative to the root without symbolic links; the whole root by default. */
  readonly scope?: string
  readonly signal?: AbortSignal
}

/**
 * Every directory and file below a root with its signature, and a sequence number for each change.
 *
 * It knows nothing before the first `sync`, and afterwards what the latest one saw. Symbolic links and special files are
 * recorded, never followed or opened. A file that changes again within the granularity of its timestamps may keep its
 * signature: whoever read a file asks `racy` what has to be read again at the next use.
 */
export class TreeIndex implements AsyncDisposable {
  readonly mode: 'scan' | 'watch' = 'scan'
  /** Why the index works in its mode. */
  readonly reason: string
  /** Differs for each index object: sequences compare only within one identity. */
  readonly identity: string = randomUUID()
  readonly #root: DataRoot
  readonly #exclude: ReadonlySet<string>
  readonly #tree = new Tree()
  readonly #digest = new TreeDigest(this.#tree)
  readonly #queue = new SyncQueue<SyncResult>((request) => this.#walk(request))
  #closed = false

  private constructor({ root, exclude = [], freshness = 'auto' }: TreeIndexOptions) {
    this.#root = root
    this.#exclude = new Set(exclude)
    this.reason = freshness === 'scan' ? 'scan was asked for' : 'this version always scans'
  }

  /** Makes an index; it walks nothing before the first `sync`. */
  static async open(options: TreeIndexOptions): Promise<TreeIndex> {
    return new TreeIndex(options)
  }

  /**
   * Brings the index up to date by a walk that begins after this call.
   *
   * Calls that arrive during a walk share the next one. A walk pauses every 10 ms of work.
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

  /** Files at or below a scope that could have changed after `readStartedNs` and still show the same signature. */
  racy(scope: string, readStartedNs: bigint): readonly string[] {
    return racyPaths(this.#tree, this.#root, { scope, readStartedNs })
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

  /** Ends a running walk and waits for it. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#queue.settled()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #walk({ scopes, isAbandoned }: WalkRequest): Promise<SyncResult> {
    this.#assertOpen()
    const startedNs = this.#root.nowNs()
    for (const scope of scopes) await this.#scan(scope, isAbandoned)
    this.#assertOpen()
    return { sequence: this.#tree.sequence, startedNs }
  }

  async #scan(scope: string, isAbandoned: () => boolean): Promise<void> {
    try {
      await new TreeScan({
        root: this.#root,
        tree: this.#tree,
        isExcluded: (path) => this.#isExcluded(path),
        isCancelled: () => this.#closed || isAbandoned(),
      }).run(scope)
    } catch (error) {
      throw translateError(error, { action: 'index', path: scope })
    }
  }

  #isExcluded(path: string): boolean {
    return this.#exclude.has(path) || [...this.#exclude].some((excluded) => isWithin(path, excluded))
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
