import { systemClock } from '@fsagent/cache-core'
import type { DataRoot } from './data-root.js'
import type { DirectoryNode } from './directory-node.js'
import type { WalkRequest } from './sync-queue.js'
import { translateError } from './system-error.js'
import type { Tree } from './tree.js'
import type { FreshnessWarning, SyncResult, TreeIndexOptions, WatchInternals } from './tree-index-options.js'
import { isWithin } from './tree-queries.js'
import { TreeScan } from './tree-scan.js'
import { TreeSnapshots } from './tree-snapshots.js'
import { TreeWatch } from './tree-watch.js'
import { startSoon, WatchAudit } from './watch-audit.js'
import { soundRules, type WatchRules } from './watch-rules.js'
import { whyNotWatched } from './watch-support.js'

/** The index whose tree is kept current. */
export interface UpkeepHost {
  readonly tree: Tree
  readonly isClosed: () => boolean
  readonly sync: () => Promise<unknown>
}

/** Keeps the tree of an index current: by watching as long as that can be relied on, otherwise by scanning. */
export class TreeUpkeep {
  readonly #host: UpkeepHost
  readonly #root: DataRoot
  readonly #excluded: readonly string[]
  readonly #isAutomatic: boolean
  readonly #onWarning: (warning: FreshnessWarning) => void
  readonly #rules: WatchRules
  readonly #snapshots: TreeSnapshots | undefined
  #reason: string
  #watch: TreeWatch | undefined
  #audit: WatchAudit | undefined

  constructor(host: UpkeepHost, options: TreeIndexOptions, internals: WatchInternals) {
    const { root, exclude = [], freshness = 'auto', longLived = false, onWarning = () => {} } = options
    this.#host = host
    this.#root = root
    this.#excluded = [...exclude]
    this.#isAutomatic = freshness === 'auto'
    this.#onWarning = onWarning
    this.#rules = { ...soundRules, ...internals.rules }
    this.#snapshots = snapshotsOf(host.tree, options, internals)
    const choice = choose(freshness, longLived)
    this.#reason = choice.reason
    if (choice.watches) this.#startWatching(options, internals)
  }

  /** See `TreeIndex.mode`. */
  get mode(): 'scan' | 'watch' {
    return this.#watch === undefined ? 'scan' : 'watch'
  }

  /** See `TreeIndex.reason`. */
  get reason(): string {
    return this.#reason
  }

  /** See `TreeIndex.missedByWatch`. */
  get missedByWatch(): number {
    return this.#audit?.missed ?? 0
  }

  /** Brings the tree up to date. @throws FileStateError */
  async walk({ scopes, isAbandoned }: WalkRequest): Promise<SyncResult> {
    const startedNs = this.#root.nowNs()
    const isWhole = this.#watch !== undefined || scopes.includes('')
    if (isWhole) await this.#snapshots?.load()
    await this.#syncByWatch(scopes, startedNs)
    if (this.#watch === undefined) for (const scope of scopes) await this.#scan(scope, isAbandoned)
    if (isWhole && !isAbandoned()) this.#snapshots?.saveSoon()
    return { sequence: this.#host.tree.sequence, startedNs, mode: this.mode }
  }

  /** Stops watching a directory that is known no longer. */
  drop(node: DirectoryNode): void {
    this.#watch?.drop(node)
  }

  /** Begins no more work by itself. */
  stop(): void {
    this.#audit?.stop()
  }

  /** Lets go of all watches, and stores what is to be stored. */
  async close(): Promise<void> {
    this.#unwatch()
    await this.#snapshots?.close()
  }

  #unwatch(): void {
    this.stop()
    this.#watch?.close()
    this.#watch = undefined
  }

  #startWatching({ root, clock = systemClock }: TreeIndexOptions, { startTimer }: WatchInternals): void {
    const obstacle = whyNotWatched(root)
    if (obstacle !== undefined) {
      this.#fallBack(obstacle)
      return
    }
    const { tree, isClosed, sync } = this.#host
    const watch = new TreeWatch({
      root,
      tree,
      rules: this.#rules,
      isExcluded: (path) => this.#isExcluded(path),
      isClosed,
    })
    this.#watch = watch
    this.#audit = new WatchAudit({
      root,
      tree,
      clock,
      startTimer: startTimer ?? startSoon,
      sync,
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
    this.#watch?.markSuspects()
    this.#unwatch()
    const asked = this.#isAutomatic ? 'auto would watch' : 'watching was asked for'
    this.#reason = `${asked}, but scan is used: ${obstacle}`
    this.#onWarning({ code: 'WATCH_UNAVAILABLE', message: `Cannot watch "${this.#root.name}": ${obstacle}` })
  }

  async #scan(scope: string, isAbandoned: () => boolean): Promise<void> {
    const { tree, isClosed } = this.#host
    try {
      await new TreeScan({
        root: this.#root,
        tree,
        rules: this.#rules,
        isExcluded: (path) => this.#isExcluded(path),
        isCancelled: () => isClosed() || isAbandoned(),
      }).run(scope)
    } catch (error) {
      throw translateError(error, { action: 'index', path: scope })
    }
  }

  #isExcluded(path: string): boolean {
    return this.#excluded.some((excluded) => isWithin(path, excluded))
  }
}

function snapshotsOf(
  tree: Tree,
  { root, exclude = [], store }: TreeIndexOptions,
  { startTimer = startSoon }: WatchInternals,
): TreeSnapshots | undefined {
  if (store === undefined) return undefined
  return new TreeSnapshots({ store, tree, rootPath: root.path, excluded: exclude, startTimer })
}

/** What to begin with, and what `TreeIndex.reason` says as long as nothing stands in the way. */
function choose(
  freshness: 'auto' | 'scan' | 'watch',
  longLived: boolean,
): { readonly watches: boolean; readonly reason: string } {
  if (freshness !== 'auto') return { watches: freshness === 'watch', reason: `${freshness} was asked for` }
  return longLived
    ? { watches: true, reason: 'auto watches in a process that lives long' }
    : { watches: false, reason: 'auto scans in a process that may end at once' }
}
