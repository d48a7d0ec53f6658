import { createHash } from 'node:crypto'
import { ancestorsOf } from './path-order.js'
import { SearchError } from './search-error.js'
import type { FindOptions, FindQuery, FindType, GrepMode, GrepOptions, GrepQuery } from './search-query.js'

/** A `grep` with every default filled in. */
export interface CanonicalGrep extends Required<GrepOptions> {
  readonly operation: 'grep'
  readonly pattern: string
  /** Real path relative to the root. */
  readonly scope: string
}

/** A `find` with every default filled in. */
export interface CanonicalFind {
  readonly operation: 'find'
  readonly pattern: string
  /** Real path relative to the root. */
  readonly scope: string
  readonly type: FindType
  readonly ignoreCase: boolean
  readonly includeIgnored: boolean
  readonly maxDepth: number | null
  readonly minSize: number
  readonly maxSize: number | null
}

/** One form for all queries that mean the same. */
export type CanonicalQuery = CanonicalGrep | CanonicalFind

const MODES: readonly GrepMode[] = ['content', 'files', 'count']
const TYPES: readonly FindType[] = ['any', 'file', 'directory', 'symlink']

/**
 * Fills in the defaults of a `grep` over a scope.
 *
 * @throws SearchError SEARCH_EMPTY_PATTERN
 * @throws TypeError, RangeError for options of the wrong kind
 */
export function canonicalGrep(query: GrepQuery, scope: string): CanonicalGrep {
  const options = query.options ?? {}
  const mode = oneOf('mode', options.mode ?? 'content', MODES)
  const hasContext = mode === 'content'
  return {
    operation: 'grep',
    pattern: pattern(query.pattern),
    scope,
    ignoreCase: options.ignoreCase ?? false,
    fixed: options.fixed ?? false,
    multiline: options.multiline ?? false,
    wordRegexp: options.wordRegexp ?? false,
    globs: canonicalGlobs(options.globs ?? []),
    before: hasContext ? whole('before', options.before ?? 0) : 0,
    after: hasContext ? whole('after', options.after ?? 0) : 0,
    includeIgnored: options.includeIgnored ?? false,
    mode,
  }
}

/**
 * Fills in the defaults of a `find` over a scope.
 *
 * @throws SearchError SEARCH_EMPTY_PATTERN
 * @throws TypeError, RangeError for options of the wrong kind
 */
export function canonicalFind(query: FindQuery, scope: string): CanonicalFind {
  const options: FindOptions = query.options ?? {}
  return {
    operation: 'find',
    pattern: pattern(query.pattern),
    scope,
    type: oneOf('type', options.type ?? 'any', TYPES),
    ignoreCase: options.ignoreCase ?? false,
    includeIgnored: options.includeIgnored ?? false,
    maxDepth: options.maxDepth === undefined ? null : whole('maxDepth', options.maxDepth),
    minSize: whole('minSize', options.minSize ?? 0),
    maxSize: options.maxSize === undefined ? null : whole('maxSize', options.maxSize),
  }
}

/**
 * The same query over each directory that contains its scope, nearest first; none when the query says something about
 * places relative to the scope, because that would mean something else there.
 */
export function widerQueries(query: CanonicalQuery): CanonicalQuery[] {
  const isAboutPlaces =
    query.operation === 'find'
      ? query.maxDepth !== null || query.pattern.includes('/')
      : query.globs.some((glob) => glob.includes('/'))
  return isAboutPlaces
    ? []
    : ancestorsOf(query.scope)
        .map((scope) => ({ ...query, scope }))
        .reverse()
}

/** The text by which queries are compared. */
export function queryText(query: CanonicalQuery): string {
  return JSON.stringify(query, Object.keys(query).sort())
}

/** The key under which the result of a query is stored; never taken as proof that two queries are the same. */
export function queryAddress(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Order only matters between globs and those with `!`; of equal ones the last decides. */
function canonicalGlobs(globs: readonly string[]): readonly string[] {
  for (const glob of globs)
    if (typeof glob !== 'string') throw new TypeError(`Cannot use glob "${String(glob)}": not a string`)
  const distinct = globs.filter((glob, index) => globs.lastIndexOf(glob) === index)
  const negated = distinct.filter((glob) => glob.startsWith('!')).length
  return negated > 0 && negated < distinct.length ? distinct : distinct.toSorted()
}

function pattern(value: unknown): string {
  if (typeof value !== 'string')
    throw new TypeError(`Cannot search for "${String(value)}": the pattern is not a string`)
  if (value === '') throw new SearchError('SEARCH_EMPTY_PATTERN', 'Cannot search for "": the pattern is empty')
  return value
}

function whole(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new RangeError(`Cannot search with ${name} "${value}": must be a whole number of 0 or more`)
}

function oneOf<Value extends string>(name: string, value: Value, values: readonly Value[]): Value {
  if (values.includes(value)) return value
  throw new TypeError(`Cannot search with ${name} "${value}": must be one of ${values.join(', ')}`)
}
