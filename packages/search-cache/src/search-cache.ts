import type { SearchCacheOptions } from './search-cache-options.js'
import type { FindQuery, GrepQuery } from './search-query.js'
import type { FindResult, GrepResult, SearchStatistics } from './search-result.js'

/** Searches below one root whose results are kept per file, proved current on each use and repaired when not. */
export class SearchCache {
  readonly #options: SearchCacheOptions

  constructor(options: SearchCacheOptions) {
    this.#options = options
  }

  /** The lines that match a pattern. */
  grep(query: GrepQuery, options: { readonly signal?: AbortSignal } = {}): Promise<GrepResult> {
    return Promise.reject(new Error(`not yet ${query.pattern} ${options.signal} ${this.#options.ttlSeconds}`))
  }

  /** The entries whose names match a glob. */
  find(query: FindQuery, options: { readonly signal?: AbortSignal } = {}): Promise<FindResult> {
    return Promise.reject(new Error(`not yet ${query.pattern} ${options.signal} ${this.#options.ttlSeconds}`))
  }

  /** Drops the results whose scope is the path, lies below it or contains it; answers how many there were. */
  invalidateScope(path: string): Promise<number> {
    return Promise.reject(new Error(`not yet ${path}`))
  }

  stats(): SearchStatistics {
    return { hits: 0, misses: 0, repaired: 0, stale: 0 }
  }
}
