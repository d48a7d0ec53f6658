import { literalTokens, type CharacterClass, type CodeRange, type GlobToken } from './glob-token.js'
import { compileSegment, type SegmentMatcher } from './segment-matcher.js'

const POSIX_CLASSES: ReadonlyMap<string, CharacterClass> = new Map(
  Object.entries({
    alnum: /[\p{L}\p{N}]/u,
    alpha: /\p{L}/u,
    blank: /[ \t]/u,
    cntrl: /\p{Cc}/u,
    digit: /[0-9]/u,
    graph: /[^\s\p{C}]/u,
    lower: /\p{Ll}/u,
    print: /[^\p{C}]/u,
    punct: /[\p{P}\p{S}]/u,
    space: /\s/u,
    upper: /\p{Lu}/u,
    xdigit: /[0-9A-Fa-f]/u,
  }).map(([name, expression]) => [name, (character: string) => expression.test(character)]),
)

/**
 * Compiles a glob over base names as `find -name` reads it (POSIX fnmatch): `*` also matches a leading dot, `[!a]` and
 * `[^a]` are the same, a backslash takes the next character literally, a `[` without its `]` is a character.
 */
export function compileNamePattern(pattern: string, ignoreCase: boolean): SegmentMatcher {
  if (!ignoreCase) return compileSegment(parseNamePattern(pattern))
  const matches = compileSegment(parseNamePattern(pattern.toLowerCase()))
  return (name) => matches(name.toLowerCase())
}

function parseNamePattern(pattern: string): GlobToken[] {
  const tokens: GlobToken[] = []
  for (let position = 0; position < pattern.length; position++) {
    const unit = pattern[position] ?? ''
    const set = unit === '[' ? readSet(pattern, position) : undefined
    if (set !== undefined) {
      tokens.push(set.token)
      position = set.end
    } else if (unit === '*') tokens.push({ kind: 'star' })
    else if (unit === '?') tokens.push({ kind: 'any' })
    else if (unit === '\\' && position + 1 < pattern.length) tokens.push(...literalTokens(pattern[++position] ?? ''))
    else tokens.push({ kind: 'literal', unit })
  }
  return tokens
}

/** The set that begins at `[` and the position of its `]`, or `undefined` when there is no `]`. */
function readSet(pattern: string, start: number): { token: GlobToken; end: number } | undefined {
  const negated = pattern[start + 1] === '!' || pattern[start + 1] === '^'
  const begin = start + (negated ? 2 : 1)
  const ranges: CodeRange[] = []
  const classes: CharacterClass[] = []
  let position = begin
  while (position < pattern.length) {
    if (pattern[position] === ']' && position > begin)
      return { token: { kind: 'set', negated, ranges, classes }, end: position }
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(position, position + 12))
    const contains = POSIX_CLASSES.get(named?.[1] ?? '')
    if (named !== null && contains !== undefined) {
      classes.push(contains)
      position += named[0].length
      continue
    }
    const first = readCharacter(pattern, position)
    const isRange = pattern[first.next] === '-' && first.next + 1 < pattern.length && pattern[first.next + 1] !== ']'
    const last = isRange ? readCharacter(pattern, first.next + 1) : first
    ranges.push([first.code, last.code])
    position = last.next
  }
  return undefined
}

function readCharacter(pattern: string, position: number): { code: number; next: number } {
  const at = pattern[position] === '\\' && position + 1 < pattern.length ? position + 1 : position
  const code = pattern.codePointAt(at) ?? 0
  return { code, next: at + (code > 0xffff ? 2 : 1) }
}
