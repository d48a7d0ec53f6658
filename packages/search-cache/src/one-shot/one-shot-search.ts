import { setTimeout as delay } from 'node:timers/promises'
import { type CacheStore, type Clock, systemClock } from '@fsagent/cache-core'
import { FileStateError, type DataRoot, type TreeIndex } from '@fsagent/file-state'
import type { CanonicalFind, CanonicalGrep } from '../canonical-query.js'
import { FindJob } from '../find/find-job.js'
import { grepResult } from '../grep/grep-result.js'
import { isWithin } from '../path-order.js'
import type { GrepQuery } from '../search-query.js'
import type { FindResult, GrepResult, SearchReport } from '../search-result.js'
import { GlobFilter } from '../selection/glob-filter.js'
import { IgnoreFiles } from '../selection/ignore-files.js'
import { Selection } from '../selection/selection.js'
import type { TreeView } from '../selection/tree-view.js'
import { addressOf } from '../stored/stored-address.js'
import { StoredSearches } from '../stored/stored-searches.js'
import { adoptFindings } from './adopt-findings.js'
import { DirectGrep, type DirectFindings } from './direct-grep.js'
import { LiveTree } from './live-tree.js'
import type { OneShotOptions } from './one-shot-options.js'
import { isUnclear } from './unclear-tree-error.js'

/** What a {@link OneShotSearch} works with. */
export interface OneShotParts extends OneShotOptions {
  readonly root: DataRoot
  readonly index: TreeIndex
  readonly ttlSeconds: number
  readonly clock?: Clock | undefined
  /** A search over the index, with what the store holds. */
  readonly indexed: (store: CacheStore | undefined) => {
    grep(query: GrepQuery, options: { readonly signal: AbortSignal }): Promise<GrepResult>
  }
}

/** A `grep` that was answered without the index, and how long that took. */
interface Answered {
  readonly query: CanonicalGrep
  readonly direct: DirectFindings
  readonly searchMs: number
  readonly createdAtMs: number
}

const PATIENCE_MS = 250
/** What the proof of a stored search takes, as measured: to list and examine one file. */
const PROOF_MS_PER_FILE = 0.01
/**
 * To index a tree, to store that, and to index it again for each proof takes some ten times as long as the engine takes to
 * list it, as measured; from this ratio on a search is worth that.
 */
const WORTH_STORING = 30
const BYPASS: SearchReport = { outcome: 'bypass', tier: null, verifiedBy: null, ageSeconds: null }

/**
 * Searches for a process that ends with its answer. An index would cost more than it saves there, so the engine begins at
 * once; a stored result is used when the engine turns out to be slow and the proof promises to be quicker.
 */
export class OneShotSearch {
  readonly #parts: OneShotParts
  readonly #patienceMs: number
  #store: Promise<CacheStore | undefined> = Promise.resolve(undefined)
  #answered: Answered | undefined

  constructor(parts: OneShotParts) {
    this.#parts = parts
    this.#patienceMs = parts.patienceMs ?? PATIENCE_MS
  }

  /** The lines that match, by whichever way answers first. */
  async grep(query: GrepQuery, general: CanonicalGrep, signal: AbortSignal): Promise<GrepResult> {
    const scope = this.#scope(query.scope)
    const answered = new AbortController()
    const both = AbortSignal.any([signal, answered.signal])
    const indexed = async (): Promise<GrepResult> =>
      this.#parts.indexed(await this.#openStore('keep')).grep(query, { signal: both })
    try {
      if (scope === undefined) return await indexed()
      const canonical = { ...general, scope }
      const proved = this.#proved(canonical, indexed, both)
      if (this.#patienceMs === 0) return (await proved) ?? (await this.#direct(canonical, both)) ?? (await indexed())
      const direct = this.#direct(canonical, both).then((result) => result ?? indexed())
      return await Promise.race([direct, proved.then((result) => result ?? direct)])
    } finally {
      answered.abort()
    }
  }

  /** The entries whose names match; `undefined` when that takes an index. */
  async find(query: CanonicalFind, given: string): Promise<FindResult | undefined> {
    const scope = this.#scope(given)
    if (scope === undefined) return undefined
    using tree = this.#liveTree()
    const { startedNs, selection } = this.#select({ ...query, scope, globs: [] }, tree)
    const basis = { sequence: 0, startedNs, mode: 'scan' } as const
    try {
      const { items } = await new FindJob({ ...query, scope }).searchAll(selection, basis)
      return { entries: items, unreadable: [], cache: BYPASS }
    } catch (error) {
      if (isUnclear(error)) return undefined
      throw error
    }
  }

  /** To be called when the answer is out: stores it where the proof takes less than the search did. */
  async settle(signal?: AbortSignal): Promise<void> {
    const answered = this.#answered
    this.#answered = undefined
    if (answered === undefined) return
    const gainMs = answered.searchMs - this.#patienceMs
    const isAlways = this.#patienceMs === 0
    if (!isAlways && gainMs < answered.direct.listingMs * WORTH_STORING) return
    const limits = isAlways ? [] : [AbortSignal.timeout(Math.ceil(gainMs))]
    const store = await this.#openStore('keep')
    if (store === undefined) return
    await adoptFindings({
      ...this.#parts,
      ...answered,
      clock: this.#parts.clock ?? systemClock,
      store,
      signal: AbortSignal.any([...limits, ...(signal === undefined ? [] : [signal])]),
    })
  }

  /** Without an index; `undefined` when that does not tell. */
  async #direct(query: CanonicalGrep, signal: AbortSignal): Promise<GrepResult | undefined> {
    const { root, engine, index, clock = systemClock } = this.#parts
    const [startedMs, createdAtMs] = [performance.now(), clock.now()]
    using tree = this.#liveTree()
    const { selection } = this.#select(query, tree)
    try {
      const search = new DirectGrep({ root, engine, query, selection, signal, excluded: index.excluded })
      const direct = await search.search()
      this.#answered = { query, direct, searchMs: performance.now() - startedMs, createdAtMs }
      return grepResult({ ...direct.findings, unreadableDirectories: [] }, BYPASS)
    } catch (error) {
      if (isUnclear(error)) return undefined
      throw error
    }
  }

  /** By what is stored, once the engine has had its time; `undefined` when that does not pay. Never rejects. */
  async #proved(
    query: CanonicalGrep,
    indexed: () => Promise<GrepResult>,
    signal: AbortSignal,
  ): Promise<GrepResult | undefined> {
    const { ttlSeconds, clock = systemClock } = this.#parts
    const startedMs = performance.now()
    try {
      if (this.#patienceMs === Infinity) return undefined
      if (this.#patienceMs > 0) await delay(this.#patienceMs, undefined, { signal, ref: false })
      const store = await this.#openStore('look')
      if (store === undefined) return undefined
      const found = await new StoredSearches({ store, ttlSeconds, clock }).find(addressOf(query))
      if (found === undefined) return undefined
      const { searchMs, examined } = found.entry
      const leftMs = searchMs - (performance.now() - startedMs)
      return this.#patienceMs === 0 || leftMs > examined * PROOF_MS_PER_FILE ? await indexed() : undefined
    } catch {
      // The other way has what it takes to answer, or to say why there is no answer.
      return undefined
    }
  }

  /** One after the other, so that it is opened once. */
  #openStore(purpose: 'look' | 'keep'): Promise<CacheStore | undefined> {
    this.#store = this.#store.then(async (store) => store ?? this.#parts.openStore(purpose))
    return this.#store
  }

  /** The real path of a scope; `undefined` when it takes the index to say what is wrong with it. */
  #scope(given: string): string | undefined {
    const { root, index } = this.#parts
    const path = root.resolve(given)
    try {
      const { kind, realPath } = root.stat(path)
      if (kind !== 'file' && kind !== 'directory') return undefined
      return index.excluded.some((excluded) => isWithin(realPath, excluded)) ? undefined : realPath
    } catch (error) {
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }

  #liveTree(): LiveTree {
    return new LiveTree(this.#parts.root, this.#parts.index.excluded)
  }

  #select(
    query: Pick<CanonicalGrep, 'scope' | 'globs' | 'includeIgnored'>,
    tree: TreeView,
  ): { readonly startedNs: bigint; readonly selection: Selection } {
    const { root } = this.#parts
    const { scope, includeIgnored } = query
    const startedNs = root.nowNs()
    const basis = { sequence: 0, startedNs, mode: 'scan' } as const
    const common = { root, index: tree, ignoreFiles: new IgnoreFiles(root), basis, includeIgnored }
    const selection = new Selection({ ...common, globs: new GlobFilter(query.globs), scope, currentScope: scope })
    return { startedNs, selection }
  }
}
