import type { ParsedTable, TableRow } from '../text/parse-table.js'
import { columnNamed, readCondition } from '../text/table-condition.js'
import { cite, counted, quote } from './cite.js'

/** A table with the lines of its file. */
export interface TableSource {
  readonly path: string
  readonly table: ParsedTable
  readonly lines: readonly string[]
}

type Answer = (asked: string, source: TableSource) => string | undefined

const ROWS_SHOWN = 5
const VALUES_SHOWN = 30

/** Counts rows, rows that fulfil a condition, or the different values of a column; undefined where there is no such column. */
export const tableAnswers: Readonly<Record<'rows' | 'where' | 'values', Answer>> = {
  rows: (_, { path, table, lines }) =>
    cite(`${counted(table.rows.length, 'row')} below the header (${counted(lines.length, 'line')} in all)`, path),
  where: (asked, { path, table, lines }) => {
    const condition = readCondition(asked, table.columns)
    if (condition === undefined) return undefined
    const rows = table.rows.filter(({ cells }) => condition.holds(cells[condition.column] ?? ''))
    const column = table.columns[condition.column] ?? ''
    const claim = `${counted(rows.length, 'row')} of ${table.rows.length} with ${column} ${condition.description}`
    return [cite(claim, path, rows[0]?.line ?? 1), ...shown(rows, { path, lines })].join('\n')
  },
  values: (phrase, { path, table }) => {
    const column = columnNamed(phrase, table.columns)
    if (column === undefined) return undefined
    const first = new Map<string, { line: number; count: number }>()
    for (const { line, cells } of table.rows) {
      const value = (cells[column] ?? '').trim()
      if (value === '') continue
      const known = first.get(value)
      first.set(value, { line: known?.line ?? line, count: (known?.count ?? 0) + 1 })
    }
    const rows = [...first].slice(0, VALUES_SHOWN)
    const more = first.size > rows.length ? [`(${rows.length} of ${first.size} values shown)`] : []
    const claim = `${counted(first.size, 'value')} of ${table.columns[column]} in ${counted(table.rows.length, 'row')}`
    return [
      `${claim} of ${path}, each with its first row:`,
      ...rows.map(([value, { line, count }]) => cite(`- ${counted(count, 'row')} with "${value}"`, path, line)),
      ...more,
    ].join('\n')
  },
}

function shown(rows: readonly TableRow[], { path, lines }: Pick<TableSource, 'path' | 'lines'>): readonly string[] {
  const first = rows.slice(0, ROWS_SHOWN)
  const more = rows.length > first.length ? [`(the first ${first.length} of ${rows.length} rows)`] : []
  return [...first.map(({ line }) => quote(path, line, lines[line - 1] ?? '')), ...more]
}
