import { GlobSyntaxError, type CodeRange, type GlobToken } from './glob-token.js'

/** A token of a path glob: braces are still there, and a separator stands between segments. */
type PathToken = GlobToken | { readonly kind: 'separator' }
type Item = PathToken | { readonly kind: 'alternatives'; readonly branches: readonly (readonly Item[])[] }

/** Braces that multiply to more patterns than this are refused. */
const ALTERNATIVES_LIMIT = 1000
/** So are globs whose patterns have more parts than this together: a few braces copy all that stands around them. */
const PARTS_LIMIT = 4_000_000

/** How many parts the globs of one list may still have together, so that a list cannot fill the memory either. */
export interface GlobAllowance {
  parts: number
}

/** An allowance for one list of globs. */
export function globAllowance(): GlobAllowance {
  return { parts: PARTS_LIMIT }
}

/**
 * Reads a glob as ripgrep's globset does: `*` and `?` stop at `/`, braces are alternatives (empty ones are dropped),
 * a set knows no escapes, a backslash elsewhere takes the next character literally.
 *
 * @returns one list of tokens for each combination of alternatives
 * @throws GlobSyntaxError
 */
export function parsePathGlob(glob: string, allowance: GlobAllowance = globAllowance()): PathToken[][] {
  const reader = new GlobReader(glob)
  const items = reader.readSequence(0)
  const { patterns, parts } = extentOf(items)
  if (patterns > ALTERNATIVES_LIMIT)
    throw new GlobSyntaxError(`its braces give more than ${ALTERNATIVES_LIMIT} patterns`)
  allowance.parts -= parts + patterns
  if (allowance.parts < 0) throw new GlobSyntaxError('its braces give patterns that are too long')
  return expand(items)
}

class GlobReader {
  readonly #glob: string
  #position = 0

  constructor(glob: string) {
    this.#glob = glob
  }

  readSequence(depth: number): Item[] {
    const items: Item[] = []
    for (;;) {
      const unit = this.#glob[this.#position]
      if (unit === undefined) {
        if (depth > 0) throw new GlobSyntaxError('"{" is not closed')
        return items
      }
      if (depth > 0 && (unit === ',' || unit === '}')) return items
      this.#position++
      items.push(this.#readItem(unit, depth))
    }
  }

  #readItem(unit: string, depth: number): Item {
    if (unit === '/') return { kind: 'separator' }
    if (unit === '*') return { kind: 'star' }
    if (unit === '?') return { kind: 'any' }
    if (unit === '[') return this.#readSet()
    if (unit === '{') return this.#readAlternatives(depth + 1)
    if (unit === '}') throw new GlobSyntaxError('"}" has no "{"')
    if (unit !== '\\') return { kind: 'literal', unit }
    const escaped = this.#glob[this.#position++]
    if (escaped === undefined) throw new GlobSyntaxError('it ends with an escape')
    return escaped === '/' ? { kind: 'separator' } : { kind: 'literal', unit: escaped }
  }

  #readAlternatives(depth: number): Item {
    if (depth > 20) throw new GlobSyntaxError('braces are nested too deeply')
    const branches: Item[][] = []
    for (;;) {
      branches.push(this.readSequence(depth))
      if (this.#glob[this.#position++] === '}') break
    }
    return { kind: 'alternatives', branches: branches.filter((branch) => branch.length > 0) }
  }

  #readSet(): Item {
    const negated = this.#glob[this.#position] === '!' || this.#glob[this.#position] === '^'
    if (negated) this.#position++
    const ranges: CodeRange[] = []
    let inRange = false
    for (let first = true; ; first = false) {
      const code = this.#glob.codePointAt(this.#position)
      if (code === undefined) throw new GlobSyntaxError('"[" is not closed')
      const character = String.fromCodePoint(code)
      this.#position += character.length
      if (character === ']' && !first) break
      if (character === '-' && !first && !inRange) {
        inRange = true
        continue
      }
      ranges.push([inRange ? (ranges.pop()?.[0] ?? code) : code, code])
      if ((ranges.at(-1)?.[0] ?? 0) > code) throw new GlobSyntaxError('a range in "[]" runs backwards')
      inRange = false
    }
    if (inRange) ranges.push([45, 45])
    return { kind: 'set', negated, ranges, classes: [] }
  }
}

/** What {@link expand} would give: how many patterns, and how many parts they have together. */
function extentOf(items: readonly Item[]): { readonly patterns: number; readonly parts: number } {
  let patterns = 1
  let parts = 0
  for (const item of items) {
    const branches = item.kind === 'alternatives' ? item.branches.map(extentOf) : [{ patterns: 1, parts: 1 }]
    if (branches.length === 0) continue
    const choices = branches.reduce((sum, branch) => sum + branch.patterns, 0)
    parts = parts * choices + branches.reduce((sum, branch) => sum + branch.parts, 0) * patterns
    patterns *= choices
  }
  return { patterns, parts }
}

function expand(items: readonly Item[]): PathToken[][] {
  let sequences: PathToken[][] = [[]]
  for (const item of items) {
    if (item.kind !== 'alternatives') {
      for (const sequence of sequences) sequence.push(item)
      continue
    }
    const branches = item.branches.flatMap((branch) => expand(branch))
    if (branches.length === 0) continue
    sequences = sequences.flatMap((sequence) => branches.map((branch) => [...sequence, ...branch]))
  }
  return sequences
}
