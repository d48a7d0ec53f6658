import { type CacheStore, systemClock } from '@fsagent/cache-core'
import { FileStateError, type SyncResult } from '@fsagent/file-state'
import { canonicalFind, canonicalGrep, widerQueries, type CanonicalQuery } from './canonical-query.js'
import { RipgrepEngine } from './engine/ripgrep-engine.js'
import type { SearchEngine } from './engine/search-engine.js'
import { FindJob } from './find/find-job.js'
import { abortedError, Flights, throwIfAborted } from './flights.js'
import { GrepJob } from './grep/grep-job.js'
import { grepResult } from './grep/grep-result.js'
import { OneShotSearch } from './one-shot/one-shot-search.js'
import { comparePaths } from './path-order.js'
import type { SearchCacheOptions } from './search-cache-options.js'
import { SearchError } from './search-error.js'
import type { PathItem, SearchJob } from './search-job.js'
import type { FindQuery, GrepQuery } from './search-query.js'
import type { FindResult, FoundEntry, GrepFile, GrepResult, SearchReport, SearchStatistics } from './search-result.js'
import { GlobFilter } from './selection/glob-filter.js'
import { IgnoreFiles } from './selection/ignore-files.js'
import { Selection } from './selection/selection.js'
import { Answers, type Answer, type PreparedSearch } from './stored/answers.js'
import { addressOf } from './stored/stored-address.js'
import { storedParts } from './stored/stored-parts.js'
import type { StoredSearches } from './stored/stored-searches.js'

const DEFAULT_TTL_SECONDS = 300

/** What goes along with a search. */
interface CallOptions {
  readonly signal?: AbortSignal
}

/** Searches below one root whose results are kept per file, proved current on each use and repaired when not. */
export class SearchCache {
  readonly #options: SearchCacheOptions
  readonly #engine: SearchEngine
  readonly #searches: StoredSearches | undefined
  readonly #answers: Answers
  readonly #oneShot: OneShotSearch | undefined
  readonly #ignoreFiles: IgnoreFiles
  readonly #grepFlights = new Flights<Answer<GrepFile>>()
  readonly #findFlights = new Flights<Answer<FoundEntry>>()
  readonly #counts = { hits: 0, misses: 0, repaired: 0, stale: 0 }
  #arrivals = 0

  /** @throws RangeError when `ttlSeconds` is negative or not a number */
  constructor(options: SearchCacheOptions) {
    const { root, index, store, clock = systemClock, ttlSeconds = DEFAULT_TTL_SECONDS } = options
    if (!(ttlSeconds >= 0)) throw new RangeError(`Cannot keep searches for "${ttlSeconds}" seconds: must be 0 or more`)
    this.#options = options
    this.#engine = options.engine ?? new RipgrepEngine()
    this.#ignoreFiles = new IgnoreFiles(root)
    const stored = store === undefined ? undefined : storedParts({ store, index, ttlSeconds, clock })
    this.#searches = stored?.searches
    this.#answers = new Answers({ root, index, clock, ...(stored && { stored }) })
    this.#oneShot = oneShotOf(options, ttlSeconds)
  }

  /**
   * The lines that match a pattern.
   *
   * @throws SearchError SEARCH_EMPTY_PATTERN, SEARCH_INVALID_PATTERN, SEARCH_SCOPE_NOT_FOUND, SEARCH_ENGINE_FAILED,
   * SEARCH_RESULT_TOO_LARGE, SEARCH_MEMORY_EXCEEDED, SEARCH_TIMEOUT, SEARCH_ABORTED
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT, PERMISSION_DENIED
   */
  async grep(query: GrepQuery, { signal }: CallOptions = {}): Promise<GrepResult> {
    const general = canonicalGrep(query, '')
    const globs = new GlobFilter(general.globs)
    throwIfAborted(signal)
    if (this.#oneShot !== undefined) return this.#oneShot.grep(query, general, signal ?? new AbortController().signal)
    const { root } = this.#options
    const answer = await this.#answer<GrepFile>({
      flights: this.#grepFlights,
      scope: query.scope,
      globs,
      signal,
      at: (scope) => ({ ...general, scope }),
      job: (scope) => new GrepJob({ root, engine: this.#engine, query: { ...general, scope } }),
    })
    return grepResult(answer.search, this.#report(answer))
  }

  /**
   * The entries whose names match a glob.
   *
   * @throws SearchError SEARCH_EMPTY_PATTERN, SEARCH_INVALID_PATTERN, SEARCH_SCOPE_NOT_FOUND, SEARCH_ABORTED
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT, PERMISSION_DENIED
   */
  async find(query: FindQuery, { signal }: CallOptions = {}): Promise<FindResult> {
    const general = canonicalFind(query, '')
    const job = (scope: string): FindJob => new FindJob({ ...general, scope })
    job('')
    throwIfAborted(signal)
    const found = await this.#oneShot?.find(general, query.scope)
    if (found !== undefined) return found
    const answer = await this.#answer<FoundEntry>({
      flights: this.#findFlights,
      scope: query.scope,
      globs: new GlobFilter([]),
      signal,
      at: (scope) => ({ ...general, scope }),
      job,
    })
    const unreadable = answer.search.unreadableDirectories.toSorted(comparePaths)
    return { entries: answer.search.items, unreadable, cache: this.#report(answer) }
  }

  /**
   * Drops the results whose scope is the path, lies below it or contains it; answers how many there were.
   *
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT
   */
  async invalidateScope(path: string): Promise<number> {
    return (await this.#searches?.invalidate(this.#options.root.resolve(path))) ?? 0
  }

  /**
   * Resolves when answers are stored: they are given before the disk has them. In a process that searches once, what it
   * found is only then stored for others, where that pays. To be called when the answer is out.
   */
  async settle({ signal }: CallOptions = {}): Promise<void> {
    await this.#oneShot?.settle(signal)
    await this.#answers.settled()
  }

  /** How searches were answered since this object was made. */
  stats(): SearchStatistics {
    return { ...this.#counts }
  }

  async #answer<Item extends PathItem>(request: SearchRequest<Item>): Promise<ProvedAnswer<Item>> {
    const order = ++this.#arrivals
    const { signal, globs } = request
    throwIfAborted(signal)
    const { scope, basis } = await this.#locate(request.scope, signal)
    const query = request.at(scope)
    const { root, index } = this.#options
    const { includeIgnored } = query
    const common = { root, index, ignoreFiles: this.#ignoreFiles, basis, includeIgnored, globs, currentScope: scope }
    const search: PreparedSearch<Item> = {
      address: addressOf(query),
      scope,
      includeIgnored,
      basis,
      job: () => request.job(scope),
      selection: (selected) => new Selection({ ...common, scope: selected }),
      wider: () => widerQueries(query).map((wider) => addressOf(wider)),
    }
    const found = this.#answers.look(search)
    const hit = this.#answers.hit(search, found)
    if (hit !== undefined) return { ...hit, mode: basis.mode }
    const flight = { key: search.address.key, basis, order, signal }
    const shared = await request.flights.join(flight, (abort) => this.#answers.answer(search, abort))
    // Looking has moved what was on disk to memory.
    return { ...shared, mode: basis.mode, tier: shared.tier === null ? null : (found?.tier ?? shared.tier) }
  }

  /** The real path of a scope, and a state of the index from after the call. */
  async #locate(given: string, signal: AbortSignal | undefined): Promise<{ scope: string; basis: SyncResult }> {
    const { root, index } = this.#options
    const scope = root.resolve(given)
    const basis = await this.#sync(scope, signal)
    if (isSearchable(index.entry(scope)?.kind)) return { scope, basis }
    const realScope = this.#realPath(scope, given)
    const realBasis = realScope === scope ? basis : await this.#sync(realScope, signal)
    if (isSearchable(index.entry(realScope)?.kind)) return { scope: realScope, basis: realBasis }
    throw scopeError(given, 'it is neither a file nor a directory that may be searched')
  }

  async #sync(scope: string, signal: AbortSignal | undefined): Promise<SyncResult> {
    try {
      return await this.#options.index.sync(signal === undefined ? { scope } : { scope, signal })
    } catch (error) {
      throw signal?.aborted === true ? abortedError(signal) : error
    }
  }

  #realPath(scope: string, given: string): string {
    try {
      return this.#options.root.stat(scope).realPath
    } catch (error) {
      const isMissing =
        error instanceof FileStateError && (error.code === 'FILE_NOT_FOUND' || error.code === 'NOT_A_DIRECTORY')
      throw isMissing ? scopeError(given, 'no such file or directory') : error
    }
  }

  #report({ outcome, tier, search, isStale, mode }: ProvedAnswer<PathItem>): SearchReport {
    if (outcome === 'hit' || outcome === 'confirmed') this.#counts.hits++
    if (outcome === 'miss') this.#counts.misses++
    if (outcome === 'repaired') this.#counts.repaired++
    if (isStale) this.#counts.stale++
    const isNew = outcome === 'miss' || outcome === 'bypass'
    const ageSeconds = isNew ? null : (this.#searches?.ageSeconds(search) ?? null)
    return { outcome, tier, verifiedBy: isNew ? null : mode, ageSeconds }
  }
}

/** An answer, and what kept the index current that proves it. */
type ProvedAnswer<Item extends PathItem> = Answer<Item> & Pick<SyncResult, 'mode'>

interface SearchRequest<Item extends PathItem> {
  readonly flights: Flights<Answer<Item>>
  readonly scope: string
  readonly globs: GlobFilter
  readonly signal: AbortSignal | undefined
  readonly at: (scope: string) => CanonicalQuery
  readonly job: (scope: string) => SearchJob<Item>
}

/** The same options, but with an index and a store, for when a search without them does not answer. */
function oneShotOf(options: SearchCacheOptions, ttlSeconds: number): OneShotSearch | undefined {
  const { oneShot, store: _, ...rest } = options
  if (oneShot === undefined) return undefined
  const indexed = (store: CacheStore | undefined): SearchCache =>
    new SearchCache({ ...rest, engine: oneShot.engine, ...(store && { store }) })
  return new OneShotSearch({ ...rest, ...oneShot, ttlSeconds, indexed })
}

function isSearchable(kind: string | undefined): boolean {
  return kind === 'directory' || kind === 'file'
}

function scopeError(scope: string, reason: string): SearchError {
  return new SearchError('SEARCH_SCOPE_NOT_FOUND', `Cannot search in "${scope}": ${reason}`)
}
