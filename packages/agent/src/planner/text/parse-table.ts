/** A table with a row of names at its top. */
export interface ParsedTable {
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

/** A row and the line of the file on which it begins. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|']

/** Parses separated values as RFC 4180 has them: a quoted cell may hold delimiters, quotes in pairs and line ends. */
export function parseTable(text: string): ParsedTable | undefined {
  const [first, ...rows] = readRows(text.replace(/^\uFEFF/, '')).filter(({ cells }) => cells.join('').trim() !== '')
  if (first === undefined || first.cells.length < 2) return undefined
  return { columns: first.cells.map((cell) => cell.trim()), rows }
}

function readRows(text: string): TableRow[] {
  const delimiter = delimiterOf(text.slice(0, text.search(/\r?\n|$/)))
  // Each match is a cell, quoted or bare, and what ends it.
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(\\r?\\n|\\r|[${delimiter}]|$)`, 'y')
  const rows: TableRow[] = []
  let line = 1
  let current: { line: number; cells: string[] } = { line, cells: [] }
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex
    const [whole, quoted, bare = '', end = ''] = cell.exec(text) ?? []
    if (whole === undefined) {
      // A quote that nobody closes: what stands there is taken as it is.
      const next = text.indexOf('\n', start)
      current.cells.push(text.slice(start, next === -1 ? undefined : next))
      cell.lastIndex = next === -1 ? text.length : next
      continue
    }
    current.cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    line += whole.split('\n').length - 1
    if (end === delimiter) continue
    rows.push(current)
    current = { line, cells: [] }
  }
  return current.cells.length === 0 ? rows : [...rows, current]
}

function delimiterOf(header: string): string {
  const count = (delimiter: string): number => header.split(delimiter).length
  return DELIMITERS.toSorted((left, right) => count(right) - count(left))[0] ?? ','
}
