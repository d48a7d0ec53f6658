import type { CacheStore } from '@fsagent/cache-core'
import type { RipgrepEngine } from '../engine/ripgrep-engine.js'

/** What a process needs that searches once and ends. */
export interface OneShotOptions {
  readonly engine: RipgrepEngine
  /** Opens what results are kept in, to look something up only where there is any yet; `undefined` when there is none. */
  readonly openStore: (purpose: 'look' | 'keep') => Promise<CacheStore | undefined>
  /**
   * Milliseconds that the engine gets before the store is opened beside it, about what opening costs; 250 by default.
   * 0 always goes by the store and fills it, `Infinity` never does.
   */
  readonly patienceMs?: number | undefined
}
