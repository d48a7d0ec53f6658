import { GlobSyntaxError } from '../glob/glob-token.js'
import { globAllowance, type GlobAllowance } from '../glob/path-glob-parser.js'
import { compilePathGlob, type PathMatcher } from '../glob/path-glob.js'

/** One line of an ignore file, or one glob of a query. */
export interface IgnoreRule {
  readonly matches: PathMatcher
  /** The line began with `!`. */
  readonly negated: boolean
  readonly directoriesOnly: boolean
}

/** What a list of rules says about a path: `exclude`, `include` by a rule with `!`, or nothing. */
export type Verdict = 'exclude' | 'include' | undefined

/**
 * Reads the text of a `.gitignore` or `.ignore` file; a line that is not a glob is skipped, as ripgrep does. A file whose
 * braces give more than fits into the memory for it has no rules, like one that is too large.
 */
export function parseIgnoreFile(text: string): IgnoreRule[] {
  const rules: IgnoreRule[] = []
  const allowance = globAllowance()
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue
    try {
      const rule = parseIgnoreRule(line, allowance)
      if (rule !== undefined) rules.push(rule)
    } catch (error) {
      if (!(error instanceof GlobSyntaxError)) throw error
    }
    if (allowance.parts < 0) return []
  }
  return rules
}

/**
 * Reads one line in the dialect of gitignore(5), as ripgrep understands it (it also knows braces).
 *
 * @returns `undefined` for a line that says nothing
 * @throws GlobSyntaxError
 */
export function parseIgnoreRule(line: string, allowance: GlobAllowance): IgnoreRule | undefined {
  let glob = line.endsWith('\\ ') ? line : line.trimEnd()
  if (glob === '') return undefined
  const escaped = glob.startsWith('\\!') || glob.startsWith('\\#')
  const negated = !escaped && glob.startsWith('!')
  if (escaped || negated) glob = glob.slice(1)
  const anchored = glob.startsWith('/')
  if (anchored && !escaped) glob = glob.slice(1)
  const directoriesOnly = glob.endsWith('/')
  if (directoriesOnly) glob = glob.slice(0, -1).replace(/\\$/, '')
  if (glob === '') return { matches: () => false, negated, directoriesOnly }
  if (!anchored && !glob.includes('/') && glob !== '**') glob = `**/${glob}`
  if (glob.endsWith('/**')) glob = `${glob}/*`
  return { matches: compilePathGlob(glob, allowance), negated, directoriesOnly }
}

/** What the rules say about a path given by its segments below the place of the rules: the last that matches wins. */
export function judge(rules: readonly IgnoreRule[], segments: readonly string[], isDirectory: boolean): Verdict {
  for (let index = rules.length - 1; index >= 0; index--) {
    const rule = rules[index]
    if (rule === undefined || (rule.directoriesOnly && !isDirectory) || !rule.matches(segments)) continue
    return rule.negated ? 'include' : 'exclude'
  }
  return undefined
}
