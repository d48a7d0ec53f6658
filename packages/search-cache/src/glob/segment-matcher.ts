import type { GlobToken } from './glob-token.js'

/** Whether one path segment (or a base name) matches. */
export type SegmentMatcher = (text: string) => boolean

/**
 * Compiles tokens to a matcher that takes at most tokens × characters steps: unlike a regular expression with several
 * `.*`, it only ever goes back to the last star.
 */
export function compileSegment(tokens: readonly GlobToken[]): SegmentMatcher {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) return (text) => text === ''
  const inner = literalText(tokens.slice(first.kind === 'star' ? 1 : 0, last.kind === 'star' ? -1 : undefined))
  if (inner === undefined) return (text) => matchTokens(tokens, text)
  if (first.kind !== 'star') return last.kind === 'star' ? (text) => text.startsWith(inner) : (text) => text === inner
  if (inner === '') return () => true
  return last.kind === 'star' ? (text) => text.includes(inner) : (text) => text.endsWith(inner)
}

function literalText(tokens: readonly GlobToken[]): string | undefined {
  let text = ''
  for (const token of tokens) {
    if (token.kind !== 'literal') return undefined
    text += token.unit
  }
  return text
}

function matchTokens(tokens: readonly GlobToken[], text: string): boolean {
  let position = 0
  let index = 0
  let starIndex = -1
  let starPosition = 0
  while (position < text.length) {
    const token = tokens[index]
    if (token?.kind === 'star') {
      starIndex = index++
      starPosition = position
      continue
    }
    const width = token === undefined ? 0 : matchedWidth(token, text, position)
    if (width > 0) {
      position += width
      index++
    } else if (starIndex >= 0) {
      index = starIndex + 1
      position = ++starPosition
    } else return false
  }
  while (tokens[index]?.kind === 'star') index++
  return index === tokens.length
}

/** How many UTF-16 units the token takes at the position; 0 when it does not match. */
function matchedWidth(token: GlobToken, text: string, position: number): number {
  if (token.kind === 'literal') return text[position] === token.unit ? 1 : 0
  const code = text.codePointAt(position) ?? 0
  const width = code > 0xffff ? 2 : 1
  if (token.kind !== 'set') return width
  const inside =
    token.ranges.some(([first, last]) => code >= first && code <= last) ||
    token.classes.some((contains) => contains(String.fromCodePoint(code)))
  return inside === token.negated ? 0 : width
}
