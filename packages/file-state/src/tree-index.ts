import { randomUUID } from 'node:crypto'
import { systemClock } from '@fsagent/cache-core'
import type { DataRoot } from './data-root.js'
import { FileStateError } from './file-state-error.js'
import { SyncQueue, type WalkRequest } from './sync-queue.js'
import { pathError, translateError } from './system-error.js'
import { Tree } from './tree.js'
import { type NodeChild, TreeDigest } from './tree-digest.js'
import type { TreeEntry } from './tree-entry.js'
import {
  type FreshnessWarning,
  reasons,
  type SyncOptions,
  type SyncResult,
  type TreeIndexOptions,
  type WatchInternals,
} from './tree-index-options.js'
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
import { TreeWatch } from './tree-watch.js'
import { startSoon, WatchAudit } from './watch-audit.js'
import { soundRules } from './watch-rules.js'
import { whyNotWatched } from './watch-support.js'

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
  readonly #root: DataRoot
  readonly #exclude: ReadonlySet<string>
  readonly #tree = new Tree((directory) => this.#watch?.drop(directory))
  readonly #digest = new TreeDigest(this.#tree)
  readonly #queue = new SyncQueue<SyncResult>((request) => this.#walk(request))
  readonly #onWarning: (warning: FreshnessWarning) => void
  #reason: string
  #watch: TreeWatch | undefined
  #audit: WatchAudit | undefined
  #closed = false

  private constructor(options: TreeIndexOptions, internals: WatchInternals) {
    const { root, exclude = [], freshness = 'auto', onWarning = () => {} } = options
    this.#root = root
    this.#exclude = new Set(exclude)
    this.#onWarning = onWarning
    this.#reason = reasons[freshness]
    if (freshness === 'watch') this.#startWatching(options, internals)
  }

  /** Makes an index; it walks nothing before the first `sync`. */
  static async open(options: TreeIndexOptions, internals: WatchInternals = {}): Promise<TreeIndex> {
    return new TreeIndex(options, internals)
  }

  /** How the index keeps itself current; `watch` can become `scan`, never the other way round. */
  get mode(): 'scan' | 'watch' {
    return this.#watch === undefined ? 'scan' : 'watch'
  }

  /** Why the index works in its mode. */
  get reason(): string {
    return this.#reason
  }

  /** How many changes the audit of *watch* mode found that no event had told of. */
  get missedByWatch(): number {
    return this.#audit?.missed ?? 0
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
    this.#audit?.stop()
    await this.#queue.settled()
    this.#watch?.close()
    this.#watch = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #walk({ scopes, isAbandoned }: WalkRequest): Promise<SyncResult> {
    this.#assertOpen()
    const startedNs = this.#root.nowNs()
    await this.#syncByWatch(scopes, startedNs)
    if (this.#watch === undefined) for (const scope of scopes) await this.#scan(scope, isAbandoned)
    this.#assertOpen()
    return { sequence: this.#tree.sequence, startedNs }
  }

  #startWatching({ root, clock = systemClock }: TreeIndexOptions, { rules, startTimer }: WatchInternals): void {
    const obstacle = whyNotWatched(root)
    if (obstacle !== undefined) {
      this.#fallBack(obstacle)
      return
    }
    const tree = this.#tree
    const watch = new TreeWatch({
      root,
      tree,
      rules: { ...soundRules, ...rules },
      isExcluded: (path) => this.#isExcluded(path),
      isClosed: () => this.#closed,
    })
    this.#watch = watch
    this.#audit = new WatchAudit({
      root,
      tree,
      clock,
      startTimer: startTimer ?? startSoon,
      sync: () => this.sync(),
      repair: (node, name) => watch.distrust(node, name),
      onMiss: (path) => watch.fail(`no event told of the change of ${JSON.stringify(path)}`),
    })
  }

  /** Leaves watching for good when it cannot be relied on. */
  async #syncByWatch(scopes: readonly string[], startedNs: bigint): Promise<void> {
    const watch = this.#watch
    if (watch === undefined) return
    try {
      await watch.sync({ scopes, startedNs })
    } catch (error) {
      throw translateError(error, { action: 'index', path: '' })
    }
    if (watch.failure !== undefined) this.#fallBack(watch.failure)
    this.#audit?.start()
  }

  #fallBack(obstacle: string): void {
    this.#audit?.stop()
    this.#watch?.close()
    this.#watch = undefined
    this.#reason = `watching was asked for, but scan is used: ${obstacle}`
    this.#onWarning({ code: 'WATCH_UNAVAILABLE', message: `Cannot watch "${this.#root.name}": ${obstacle}` })
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
