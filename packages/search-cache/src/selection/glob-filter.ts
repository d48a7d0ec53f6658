import { GlobSyntaxError } from '../glob/glob-token.js'
import { globAllowance, type GlobAllowance } from '../glob/path-glob-parser.js'
import { SearchError } from '../search-error.js'
import { judge, parseIgnoreRule, type IgnoreRule } from './ignore-file.js'

/**
 * The globs of a query, with the meaning they have for `rg --glob`: a directory that `!glob` matches is left out with
 * all it contains; once there is a glob without `!`, a file has to match; the last glob that matches decides.
 */
export class GlobFilter {
  readonly #rules: readonly IgnoreRule[]
  readonly #mustMatch: boolean

  /** @throws SearchError SEARCH_INVALID_PATTERN */
  constructor(globs: readonly string[]) {
    const allowance = globAllowance()
    this.#rules = globs.flatMap((glob) => parseGlob(glob, allowance))
    this.#mustMatch = this.#rules.some((rule) => !rule.negated)
  }

  /** Whether everything stays in. */
  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** Whether a path, given by its segments below the scope, stays in. */
  admits(segments: readonly string[], isDirectory: boolean): boolean {
    if (this.isEmpty) return true
    const verdict = judge(this.#rules, segments, isDirectory)
    // A glob of a query means the opposite of a line in an ignore file.
    if (verdict === undefined) return isDirectory || !this.#mustMatch
    return verdict === 'exclude'
  }
}

function parseGlob(glob: string, allowance: GlobAllowance): IgnoreRule[] {
  try {
    const rule = parseIgnoreRule(glob, allowance)
    return rule === undefined ? [] : [rule]
  } catch (error) {
    if (!(error instanceof GlobSyntaxError)) throw error
    throw new SearchError('SEARCH_INVALID_PATTERN', `Cannot search with glob "${glob}": ${error.message}`, {
      cause: error,
    })
  }
}
