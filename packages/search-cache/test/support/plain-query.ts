import type { EngineQuery } from '../../src/engine/search-engine.js'

/** The plainest search there is; tests say what theirs has besides. */
export const plainQuery: EngineQuery = {
  pattern: 'needle',
  ignoreCase: false,
  fixed: false,
  multiline: false,
  wordRegexp: false,
  mode: 'content',
}
