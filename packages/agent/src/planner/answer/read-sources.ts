import { cat, grep } from '../calls.js'
import { fileLinesOf, linesOfMatches } from '../decode-tool-result.js'
import type { FileLines, ToolOutcome } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import type { TermHits } from './rank-files.js'

const LINES_READ = 800
const HITS_PER_FILE = 200
const TERMS_PER_LONG_FILE = 3

/** Reads the files that may answer: whole when short, otherwise the neighbourhood of the rarest terms as well. */
export function* readPassageSources(files: readonly string[], hits: readonly TermHits[]): Plan<readonly FileLines[]> {
  if (files.length === 0) return []
  const outcomes = yield files.map((path) => cat(path, { limit: LINES_READ }))
  const opened = outcomes.map(fileLinesOf).filter((file) => file !== undefined)
  const long = opened.filter((file) => file.lines.length < file.totalLines)
  if (long.length === 0) return opened
  const searches = long.flatMap((file) => rareTerms(file.path, hits).map((pattern) => ({ file, pattern })))
  if (searches.length === 0) return opened
  const found = yield searches.map(({ file, pattern }) =>
    grep({ pattern, path: file.path, ignore_case: true, context: 2, limit: HITS_PER_FILE }),
  )
  const extra = searches.flatMap(({ file }, index) => stretches(file, found[index]))
  return [...opened, ...withoutOverlap(extra)]
}

/** Terms that a long file holds seldom enough for their lines to be read one by one. */
function rareTerms(path: string, hits: readonly TermHits[]): readonly string[] {
  return hits
    .map(({ term, counts }) => ({ term, count: counts.find((one) => one.path === path)?.count ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => left.count - right.count)
    .slice(0, TERMS_PER_LONG_FILE)
    .map(({ term }) => term.pattern)
}

/** Joins the lines a search gave into stretches without gaps, leaving out what was read already. */
function stretches(file: FileLines, outcome: ToolOutcome | undefined): readonly FileLines[] {
  const joined: { start: number; lines: string[] }[] = []
  for (const { line, text } of linesOfMatches(outcome)) {
    if (line < file.start + file.lines.length) continue
    const last = joined.at(-1)
    if (last !== undefined && last.start + last.lines.length === line) last.lines.push(text)
    else joined.push({ start: line, lines: [text] })
  }
  return joined.map(({ start, lines }) => ({ path: file.path, start, lines, totalLines: file.totalLines }))
}

function withoutOverlap(pieces: readonly FileLines[]): readonly FileLines[] {
  const taken = new Map<string, Set<number>>()
  return pieces.filter((piece) => {
    const lines = taken.get(piece.path) ?? new Set()
    taken.set(piece.path, lines)
    if (piece.lines.some((_, index) => lines.has(piece.start + index))) return false
    piece.lines.forEach((_, index) => lines.add(piece.start + index))
    return true
  })
}
