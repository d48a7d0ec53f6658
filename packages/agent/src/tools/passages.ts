import { cutLine } from '../output/cut-line.js'

/** A line of a file with its number, counted from 1, without its ending. */
export interface NumberedLine {
  readonly line: number
  readonly text: string
}

/** How much a selection may hold. */
export interface SelectionBudget {
  readonly lines: number
  readonly bytes: number
  readonly lineCharacters: number
}

const contextLines = 4
/** Lines at the start of a file that are shown whatever they say. */
const startLines = 40
/** Lines that name something: headings of prose, declarations of code. */
const headings =
  /^(#{1,6} |=== |(export |public |async |static |abstract )*(function|class|def|interface|type|enum|struct|fn|func) )/

/**
 * Gives the passages around the lines that say most about a query, in file order.
 *
 * A line counts by the terms in it, a rare term for more than a frequent one (inverse document frequency).
 */
export function bestPassages(lines: readonly string[], query: string, budget: SelectionBudget): NumberedLine[][] {
  const terms = termsOf(query)
  const lowered = lines.map((line) => line.toLowerCase())
  const weights = new Map(terms.map((term) => [term, rarity(term, lowered)]))
  const scored = lowered
    .map((line, index) => ({ index, score: scoreOf(line, weights) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.index - right.index)
  const chosen = new Set<number>()
  const room = new Room(budget)
  for (const { index } of scored) {
    const added = windowAround(index, lines.length).filter((line) => !chosen.has(line))
    if (!room.take(added.map((line) => numberedLine(lines, line, budget)))) break
    for (const line of added) chosen.add(line)
  }
  return consecutive([...chosen].sort((left, right) => left - right)).map((group) =>
    group.map((index) => numberedLine(lines, index, budget)),
  )
}

/** Gives the first lines, and of the others those that name parts of a file, as far as there is room for them. */
export function startAndOutline(lines: readonly string[], budget: SelectionBudget): NumberedLine[][] {
  const room = new Room(budget)
  const start: NumberedLine[] = []
  const outline: NumberedLine[] = []
  for (const [index, line] of lines.entries()) {
    const isStart = index < startLines
    if (!isStart && !headings.test(line)) continue
    const entry = numberedLine(lines, index, budget)
    if (!room.take([entry])) break
    if (isStart) start.push(entry)
    else outline.push(entry)
  }
  return [start, outline].filter((part) => part.length > 0)
}

/** Counts what a selection still may take. */
class Room {
  #lines: number
  #bytes: number

  constructor({ lines, bytes }: SelectionBudget) {
    this.#lines = lines
    this.#bytes = bytes
  }

  take(lines: readonly NumberedLine[]): boolean {
    const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 8, 0)
    if (lines.length > this.#lines || bytes > this.#bytes) return false
    this.#lines -= lines.length
    this.#bytes -= bytes
    return true
  }
}

function termsOf(query: string): string[] {
  return [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [])]
}

function rarity(term: string, lines: readonly string[]): number {
  const containing = lines.filter((line) => line.includes(term)).length
  return Math.log(1 + lines.length / (1 + containing))
}

function scoreOf(line: string, weights: ReadonlyMap<string, number>): number {
  let score = 0
  for (const [term, weight] of weights) if (line.includes(term)) score += weight
  return score
}

function windowAround(index: number, length: number): number[] {
  const first = Math.max(0, index - contextLines)
  const last = Math.min(length - 1, index + contextLines)
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
}

function consecutive(indexes: readonly number[]): number[][] {
  const groups: number[][] = []
  for (const index of indexes) {
    const group = groups.at(-1)
    if (group !== undefined && group.at(-1) === index - 1) group.push(index)
    else groups.push([index])
  }
  return groups
}

function numberedLine(lines: readonly string[], index: number, budget: SelectionBudget): NumberedLine {
  const text = (lines[index] ?? '').replace(/\r?\n$/, '')
  return { line: index + 1, text: cutLine(text, budget.lineCharacters).text }
}
