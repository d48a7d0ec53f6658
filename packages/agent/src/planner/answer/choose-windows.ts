import type { FileLines } from '../decode-tool-result.js'

/** A line that holds a term of the question. */
export interface Hit {
  readonly line: number
  readonly term: number
  readonly weight: number
}

/** Lines of a long file worth reading, with how much of the question meets there. */
export interface Window {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly weight: number
}

const AROUND = 4
const LONGEST_SECTION = 80
const MOST_PER_FILE = 4

/** Gives the sections, or the neighbourhoods of hits, in which most terms meet, leaving out what was read already. */
export function chooseWindows(file: FileLines, hits: readonly Hit[], headings: readonly number[]): readonly Window[] {
  const read = file.start + file.lines.length - 1
  const terms = new Map<string, { start: number; end: number; weights: Map<number, number> }>()
  for (const hit of hits) {
    const { start, end } = sectionOf(hit.line, headings, file.totalLines)
    if (end <= read) continue
    const key = String(start)
    const window = terms.get(key) ?? { start, end, weights: new Map<number, number>() }
    window.end = Math.max(window.end, end)
    window.weights.set(hit.term, hit.weight)
    terms.set(key, window)
  }
  return [...terms.values()]
    .map(({ start, end, weights }) => ({ path: file.path, start, end, weight: [...weights.values()].reduce(add, 0) }))
    .sort((left, right) => right.weight - left.weight || left.start - right.start)
    .filter((window, index, all) => !all.slice(0, index).some((other) => overlaps(window, other)))
    .slice(0, MOST_PER_FILE)
}

function sectionOf(line: number, headings: readonly number[], last: number): { start: number; end: number } {
  const above = headings.findLast((heading) => heading <= line)
  if (above === undefined || line - above > LONGEST_SECTION) {
    return { start: Math.max(1, line - AROUND), end: Math.min(last, line + AROUND) }
  }
  const below = headings.find((heading) => heading > line) ?? last + 1
  return { start: above, end: Math.min(below - 1, above + LONGEST_SECTION, last) }
}

function overlaps(left: Window, right: Window): boolean {
  return left.start <= right.end && right.start <= left.end
}

function add(left: number, right: number): number {
  return left + right
}
