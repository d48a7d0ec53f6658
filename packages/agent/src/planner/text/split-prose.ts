import type { NumberedLine, Passage } from './passages.js'

type Piece = Omit<Passage, 'path'>

const HEADING = /^(#{1,6})\s+\S/
const UNDERLINE = /^(?:=+|-{3,}|~{3,})\s*$/
const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S/
const ROW = /^\s*\|.*\|\s*$/
const RULE_ROW = /^\s*\|[\s:|-]+\|\s*$/
const FENCE = /^\s*(?:```|~~~)/

/** An anchor for links is invisible to readers. */
const ANCHOR = /^\s*<a\s+(?:id|name)=[^>]*>\s*(?:<\/a>)?\s*$/i

interface State {
  readonly pieces: Piece[]
  headings: { readonly level: number; readonly line: NumberedLine }[]
  /** The paragraph that introduces the list or code below it. */
  introduction: NumberedLine | undefined
  tableHeader: NumberedLine | undefined
  open: NumberedLine[]
  fenced: boolean
}

/** Splits prose into paragraphs, list items, table rows and code blocks, each below its headings. */
export function splitProse(lines: readonly NumberedLine[]): readonly Piece[] {
  const state: State = {
    pieces: [],
    headings: [],
    introduction: undefined,
    tableHeader: undefined,
    open: [],
    fenced: false,
  }
  lines.forEach((line, index) => take(state, line, lines[index + 1]))
  close(state)
  return state.pieces
}

function take(state: State, line: NumberedLine, next: NumberedLine | undefined): void {
  if (FENCE.test(line.text)) {
    close(state)
    state.fenced = !state.fenced
    return
  }
  if (line.text.trim() === '' || ANCHOR.test(line.text)) return close(state)
  if (state.fenced) return void state.open.push(line)
  const level = headingLevel(line, next)
  if (level > 0) return takeHeading(state, line, level)
  if (UNDERLINE.test(line.text) || RULE_ROW.test(line.text)) return
  if (ROW.test(line.text)) return takeRow(state, line, next)
  if (ITEM.test(line.text)) {
    introduce(state)
    close(state)
  }
  state.open.push(line)
}

function headingLevel(line: NumberedLine, next: NumberedLine | undefined): number {
  const hashes = HEADING.exec(line.text)?.[1]
  if (hashes !== undefined) return hashes.length
  const underline = next === undefined ? null : /^(=|-)\1{2,}\s*$/.exec(next.text)
  if (underline === null || ITEM.test(line.text) || ROW.test(line.text)) return 0
  return underline[1] === '=' ? 1 : 2
}

function takeHeading(state: State, line: NumberedLine, level: number): void {
  close(state)
  state.introduction = undefined
  const above = state.headings.filter((heading) => heading.level < level)
  state.pieces.push({ lines: [line], context: above.map((heading) => heading.line) })
  state.headings = [...above, { level, line }]
}

function takeRow(state: State, line: NumberedLine, next: NumberedLine | undefined): void {
  close(state)
  if (next !== undefined && RULE_ROW.test(next.text)) {
    state.tableHeader = line
    return
  }
  const header = state.tableHeader === undefined ? [] : [state.tableHeader]
  state.pieces.push({ lines: [line], context: [...headingLines(state), ...header] })
}

/** A paragraph that ends with a colon introduces what follows it. */
function introduce(state: State): void {
  const last = state.open.at(-1)
  if (last !== undefined && last.text.trimEnd().endsWith(':')) state.introduction = last
}

function close(state: State): void {
  if (state.open.length === 0) return
  const [first] = state.open
  introduce(state)
  const introduction =
    state.introduction !== undefined && !state.open.includes(state.introduction) ? [state.introduction] : []
  state.pieces.push({ lines: state.open, context: [...headingLines(state), ...introduction] })
  if (first !== undefined && !ITEM.test(first.text) && !(state.open.at(-1)?.text.trimEnd().endsWith(':') ?? false)) {
    state.introduction = undefined
  }
  state.open = []
}

function headingLines(state: State): readonly NumberedLine[] {
  return state.headings.map((heading) => heading.line)
}
