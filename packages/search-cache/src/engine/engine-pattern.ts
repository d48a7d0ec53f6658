import { SearchError } from '../search-error.js'
import type { EngineQuery } from './search-engine.js'

/** Linux takes 128 KiB as one argument. */
const PATTERN_LIMIT_BYTES = 100_000
const SHOWN_PATTERN_CHARACTERS = 200

/** Makes sure that the pattern can be handed to another process. @throws SearchError SEARCH_INVALID_PATTERN */
export function mustBeUsable(query: EngineQuery): void {
  const obstacle = obstacleTo(query.pattern)
  if (obstacle !== undefined) throw invalidPattern(query, obstacle)
}

/** The error for a pattern that the engine refuses. */
export function invalidPattern({ pattern }: EngineQuery, reason: string): SearchError {
  const isLong = pattern.length > SHOWN_PATTERN_CHARACTERS
  const shown = isLong ? `${pattern.slice(0, SHOWN_PATTERN_CHARACTERS)}…` : pattern
  return new SearchError('SEARCH_INVALID_PATTERN', `Cannot search for "${shown}": ${reason}`)
}

/** Why a pattern cannot be handed to another process. */
function obstacleTo(pattern: string): string | undefined {
  if (pattern.includes('\0')) return 'it contains a NUL character'
  if (!pattern.isWellFormed()) return 'it is not valid Unicode'
  const bytes = Buffer.byteLength(pattern)
  return bytes > PATTERN_LIMIT_BYTES ? `it has ${bytes} bytes, more than ${PATTERN_LIMIT_BYTES}` : undefined
}
