import type { GlobToken } from './glob-token.js'
import { parsePathGlob, type GlobAllowance } from './path-glob-parser.js'
import { compileSegment, type SegmentMatcher } from './segment-matcher.js'

const ANY_SEGMENTS = Symbol('**')

type PatternPart = SegmentMatcher | typeof ANY_SEGMENTS

/** Whether a path, given by its segments, matches. */
export type PathMatcher = (segments: readonly string[]) => boolean

/**
 * Compiles a glob over whole paths in ripgrep's dialect; `**` alone between separators stands for any number of
 * segments (at the end: for at least one). Segments must come from {@link pathSegments}, as wildcards count bytes.
 * A separator never matches a wildcard or a set, as in git.
 *
 * @throws GlobSyntaxError
 */
export function compilePathGlob(glob: string, allowance?: GlobAllowance): PathMatcher {
  const patterns = parsePathGlob(asBytes(glob), allowance).map((tokens) => compileParts(tokens))
  const [only, ...others] = patterns
  if (only !== undefined && others.length === 0) return compilePattern(only)
  const matchers = patterns.map((parts) => compilePattern(parts))
  return (segments) => matchers.some((matches) => matches(segments))
}

/** The segments of a relative path in the form that {@link PathMatcher} takes. */
export function pathSegments(path: string): string[] {
  return asBytes(path).split('/')
}

/** One UTF-16 unit for each byte of UTF-8, because ripgrep's and git's `?` match a byte. */
function asBytes(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1')
}

function compileParts(tokens: ReturnType<typeof parsePathGlob>[number]): PatternPart[] {
  const segments: GlobToken[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'separator') segments.push([])
    else segments.at(-1)?.push(token)
  }
  return segments.map((segment) =>
    segment.length === 2 && segment.every((token) => token.kind === 'star') ? ANY_SEGMENTS : compileSegment(segment),
  )
}

function compilePattern(parts: readonly PatternPart[]): PathMatcher {
  const [first, second] = parts
  if (parts.length === 2 && first === ANY_SEGMENTS && typeof second === 'function')
    return (segments) => second(segments.at(-1) ?? '')
  return (segments) => matchParts(parts, segments)
}

function matchParts(parts: readonly PatternPart[], segments: readonly string[]): boolean {
  let position = 0
  let index = 0
  let anyIndex = -1
  let anyPosition = 0
  while (position < segments.length) {
    const part = parts[index]
    if (part === ANY_SEGMENTS) {
      if (index === parts.length - 1) return true
      anyIndex = index++
      anyPosition = position
    } else if (part?.(segments[position] ?? '') === true) {
      position++
      index++
    } else if (anyIndex >= 0) {
      index = anyIndex + 1
      position = ++anyPosition
    } else return false
  }
  return index === parts.length
}
