export { RipgrepEngine, type RipgrepEngineOptions } from './engine/ripgrep-engine.js'
export type { OneShotOptions } from './one-shot/one-shot-options.js'
export { SearchCache } from './search-cache.js'
export type { SearchCacheOptions } from './search-cache-options.js'
export type {
  EngineLine,
  EngineMatch,
  EngineQuery,
  EngineReport,
  EngineTarget,
  SearchEngine,
} from './engine/search-engine.js'
export { SearchError, type SearchErrorCode } from './search-error.js'
export type { FindOptions, FindQuery, FindType, GrepMode, GrepOptions, GrepQuery } from './search-query.js'
export type {
  FindResult,
  FoundEntry,
  GrepFile,
  GrepLine,
  GrepResult,
  GrepSkipped,
  SearchOutcome,
  SearchReport,
  SearchStatistics,
} from './search-result.js'
