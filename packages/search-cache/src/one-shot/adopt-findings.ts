import type { CacheStore, Clock } from '@fsagent/cache-core'
import { FileStateError, type DataRoot, type SyncResult, type TreeIndex } from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { SearchEngine } from '../engine/search-engine.js'
import { GrepJob } from '../grep/grep-job.js'
import { parentPath } from '../path-order.js'
import { GlobFilter } from '../selection/glob-filter.js'
import { IgnoreFiles } from '../selection/ignore-files.js'
import { Selection } from '../selection/selection.js'
import { Answers } from '../stored/answers.js'
import { addressOf } from '../stored/stored-address.js'
import { storedParts } from '../stored/stored-parts.js'
import { TimeSlices } from '../time-slices.js'
import type { DirectFindings } from './direct-grep.js'

/** What was found without an index, and what it is stored with. */
export interface AdoptedFindings {
  readonly root: DataRoot
  readonly index: TreeIndex
  readonly engine: SearchEngine
  readonly store: CacheStore
  readonly ttlSeconds: number
  readonly clock: Clock
  readonly query: CanonicalGrep
  readonly direct: DirectFindings
  readonly searchMs: number
  readonly createdAtMs: number
  /** Gives up when it takes so long that the proof would not pay. */
  readonly signal: AbortSignal
}

/**
 * Stores what was found without an index, for processes that prove it by one.
 *
 * The index is made after the search, so it says what the engine read only of what cannot have changed since the search
 * began. Files that could have are searched again at the next use; where a directory could have, nothing is stored.
 */
export async function adoptFindings(adopted: AdoptedFindings): Promise<void> {
  const { index, query, direct, signal } = adopted
  const basis = await indexed(adopted)
  if (basis === undefined) return
  const isQuiet = query.scope === '' || direct.quiet.isQuiet(parentPath(query.scope))
  if (!isQuiet || index.unreadable(query.scope).length > 0 || !(await keptStill(adopted))) return
  const { selection, racy, examined } = await select(adopted, basis)
  if (signal.aborted) return
  const { root, store, ttlSeconds, clock, engine, searchMs, createdAtMs } = adopted
  const stored = storedParts({ store, index, ttlSeconds, clock })
  const findings = { ...direct.findings, examined, unproven: racy, doubtful: racy }
  await new Answers({ root, index, clock, stored }).adopt(
    {
      address: addressOf(query),
      scope: query.scope,
      includeIgnored: query.includeIgnored,
      basis,
      job: () => new GrepJob({ root, engine, query }),
      selection: () => selection,
      wider: () => [],
    },
    { findings, selectionProven: selection.proven, createdAtMs, searchMs },
  )
}

/** Brings the index up to date, but speaks of the moment before the search; `undefined` when that takes too long. */
async function indexed({ index, query, direct, signal }: AdoptedFindings): Promise<SyncResult | undefined> {
  try {
    const synced = await index.sync({ scope: query.scope, signal })
    return { ...synced, startedNs: direct.quiet.startedNs }
  } catch (error) {
    if (signal.aborted || error instanceof FileStateError) return undefined
    throw error
  }
}

/** Whether no directory of the scope could have changed since the search began. */
async function keptStill({ index, root, query, direct, signal }: AdoptedFindings): Promise<boolean> {
  const slices = new TimeSlices()
  for (const { path, kind, signature } of index.walk(query.scope)) {
    if (kind === 'directory' && root.isRacy(path, signature, direct.quiet.startedNs)) return false
    if (slices.used) await slices.pause()
    if (signal.aborted) return false
  }
  return true
}

async function select(
  { root, index, query }: AdoptedFindings,
  basis: SyncResult,
): Promise<{ readonly selection: Selection; readonly racy: readonly string[]; readonly examined: number }> {
  const { scope, includeIgnored } = query
  const common = { root, index, ignoreFiles: new IgnoreFiles(root), basis, includeIgnored }
  const selection = new Selection({ ...common, globs: new GlobFilter(query.globs), scope, currentScope: scope })
  const examined = (await selection.files()).paths.length
  return { selection, racy: selection.racy().map(({ path }) => path), examined }
}
