import type { SyncResult, TreeIndex } from '@fsagent/file-state'
import { fingerprint } from '@fsagent/file-state'
import type { PathItem } from '../search-job.js'
import { TimeSlices } from '../time-slices.js'
import { NOTHING_TO_WRITE, type StartedWrite } from './late-writes.js'
import type { StoredSearch } from './stored-search.js'
import { NO_DIFFERENCE, type TreeDifference } from './tree-difference.js'
import type { StateBelow, TreeNodes } from './tree-nodes.js'

interface Acquaintance {
  readonly id: string
  readonly sequence: number
  /** What this process has to search again; `undefined` for all that the entry names as unproven. */
  readonly doubtful: readonly string[] | undefined
  /** From this wall-clock time on, in nanoseconds since the epoch, signatures can take over from events. */
  readonly settlesNs: bigint
}

/** What a search rests on. */
export interface SearchBasis extends SyncResult {
  /** What of it this process has to search again. */
  readonly doubtful: readonly string[]
}

/** Below this depth directories are taken to be small enough to be done at once. */
const PREPARED_LEVELS = 3
const REMEMBERED_ENTRIES = 10_000
/** By then the coarsest timestamps have moved on. */
const SETTLING_NS = 3_000_000_000n

/**
 * Tells how the tree differs from the state that a stored search is about: by sequence numbers for what this process
 * has seen itself, by digests for what another process stored.
 */
export class Proof {
  readonly #index: TreeIndex
  readonly #nodes: TreeNodes
  readonly #known = new Map<string, Acquaintance>()

  constructor(index: TreeIndex, nodes: TreeNodes) {
    this.#index = index
    this.#nodes = nodes
  }

  /** As far as sequence numbers tell; `undefined` when they do not. */
  differenceSync(key: string, entry: StoredSearch<PathItem>, scope: string): TreeDifference | undefined {
    const known = this.#known.get(key)
    if (known?.id !== entry.id) return undefined
    if (this.#index.subtreeSequence(scope) <= known.sequence) return NO_DIFFERENCE
    const { complete, changed, removed } = this.#index.changesSince(known.sequence, scope)
    return complete ? { changed: new Set(changed), removed: new Set(removed) } : undefined
  }

  /** `undefined` when nothing can be said, so that everything has to be searched. */
  async difference(key: string, entry: StoredSearch<PathItem>, scope: string): Promise<TreeDifference | undefined> {
    const difference = this.differenceSync(key, entry, scope)
    if (difference !== undefined) return difference
    if (this.state(scope) === entry.scopeDigest) return NO_DIFFERENCE
    if (this.#index.entry(scope)?.kind === 'directory') return this.#nodes.difference(scope, entry.scopeDigest)
    // It may have been a directory then, of which nothing is left.
    return { changed: new Set([scope]), removed: new Set([scope]) }
  }

  /**
   * What has to be searched again whatever it looks like.
   *
   * As long as this process watches, an event tells when a file that it searched is written, even when the timestamps
   * cannot show it: the event is queued before the write returns, and taken down before the next search is answered.
   */
  doubtful(key: string, entry: StoredSearch<PathItem>): readonly string[] {
    const known = this.#known.get(key)
    const isWatched = this.#index.mode === 'watch' && known?.id === entry.id
    return (isWatched ? known.doubtful : undefined) ?? entry.unproven
  }

  /** Whether the signatures of files that no event told of say by now what only events could say before. */
  settles(key: string, entry: StoredSearch<PathItem>, basis: SyncResult): boolean {
    const known = this.#known.get(key)
    return entry.unproven.length > 0 && known?.id === entry.id && basis.startedNs > known.settlesNs
  }

  /** Remembers that an entry is about the tree as a walk found it. */
  remember(key: string, entry: StoredSearch<PathItem>, basis: SyncResult | SearchBasis): void {
    const doubtful = 'doubtful' in basis && basis.mode === 'watch' ? basis.doubtful : undefined
    this.#known.delete(key)
    this.#known.set(key, {
      id: entry.id,
      sequence: basis.sequence,
      doubtful,
      settlesNs: basis.startedNs + SETTLING_NS,
    })
    const [oldest] = this.#known.keys()
    if (this.#known.size > REMEMBERED_ENTRIES && oldest !== undefined) this.#known.delete(oldest)
  }

  /** What changed while a search ran: it may have seen those files before or after. `undefined` when that is unknown. */
  changesDuring(basis: SyncResult, scope: string): TreeDifference | undefined {
    if (this.#index.subtreeSequence(scope) <= basis.sequence) return NO_DIFFERENCE
    const { complete, changed, removed } = this.#index.changesSince(basis.sequence, scope)
    return complete ? { changed: new Set(changed), removed: new Set(removed) } : undefined
  }

  /** The state of a scope: the digest of a directory, the fingerprint of a file. */
  state(scope: string): string {
    const entry = this.#index.entry(scope)
    if (entry === undefined) return ''
    return entry.kind === 'directory' ? this.#index.digest(scope) : fingerprint(entry.signature)
  }

  /** Has the digest of a large scope computed piece by piece, so that the event loop gets its turns. */
  async prepareState(scope: string): Promise<void> {
    const slices = new TimeSlices()
    const visit = async (directory: string, levels: number): Promise<void> => {
      for (const child of this.#index.children(directory)) {
        if (child.kind !== 'directory') continue
        if (levels > 1) await visit(child.path, levels - 1)
        this.#index.digest(child.path)
        if (slices.used) await slices.pause()
      }
    }
    await visit(scope, PREPARED_LEVELS)
  }

  /** The state that something below a stored scope had, together with the ignore files on the way to it. */
  stateBelow(scope: string, entry: StoredSearch<PathItem>, path: string): Promise<StateBelow | undefined> {
    return this.#nodes.stateBelow({ path: scope, digest: entry.scopeDigest }, path)
  }

  /** Makes the state of a scope available to later processes, as `TreeNodes.remember()` does. */
  async publish(scope: string): Promise<StartedWrite> {
    return this.#index.entry(scope)?.kind === 'directory' ? this.#nodes.remember(scope) : NOTHING_TO_WRITE
  }
}
