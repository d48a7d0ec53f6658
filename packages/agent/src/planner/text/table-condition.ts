import { stem } from './stem.js'

/** A condition on one column of a table. */
export interface TableCondition {
  /** Index of the column. */
  readonly column: number
  readonly value: string
  readonly description: string
  readonly holds: (cell: string) => boolean
}

interface Comparison {
  /** At the start of what follows the column. */
  readonly words: RegExp
  readonly sign: string
  readonly compare: (cell: number, value: number) => boolean
}

const COMPARISONS: readonly Comparison[] = [
  { words: /^(?:>=|at least|no less than)\s*/i, sign: 'at least', compare: (cell, value) => cell >= value },
  { words: /^(?:<=|at most|no more than|up to)\s*/i, sign: 'at most', compare: (cell, value) => cell <= value },
  {
    words: /^(?:>|over|above|more than|greater than|higher than|longer than|larger than)\s*/i,
    sign: 'more than',
    compare: (cell, value) => cell > value,
  },
  {
    words: /^(?:<|under|below|less than|fewer than|lower than|shorter than|smaller than)\s*/i,
    sign: 'less than',
    compare: (cell, value) => cell < value,
  },
]
const EQUALS = /^(?:=+|:|is equal to|equal to|equals|set to|of|is|was|are)\s+|^=+\s*/i
const ARTICLE = /^(?:the|a|an)\s+/i

/** Reads "technician Edda Kroll", "status = open" or "hours over 3" as a condition on one of the columns. */
export function readCondition(condition: string, columns: readonly string[]): TableCondition | undefined {
  const text = condition.trim().replace(ARTICLE, '')
  const column = longestColumnAtStart(text, columns)
  if (column === undefined) return undefined
  let rest = text
    .slice(column.length)
    .trim()
    .replace(/^(?:is|was|are)\s+/i, '')
  const comparison = COMPARISONS.find(({ words }) => words.test(rest))
  if (comparison !== undefined) return numeric(column.index, rest.replace(comparison.words, ''), comparison)
  rest = rest.replace(EQUALS, '').replace(ARTICLE, '')
  const value = rest.replaceAll(/^["'“‘]|["'”’]$/g, '').trim()
  if (value === '') return undefined
  const wanted = spoken(value)
  return {
    column: column.index,
    value,
    description: `"${value}"`,
    holds: (cell) => spoken(cell) === wanted,
  }
}

/** Gives the column that a word or phrase names. */
export function columnNamed(phrase: string, columns: readonly string[]): number | undefined {
  const wanted = spoken(phrase)
  const found = columns.findIndex((column) =>
    namesOf(column).some((name) => [name, `${name}s`, `${name}es`].includes(wanted) || stem(name) === stem(wanted)),
  )
  return found === -1 ? undefined : found
}

function numeric(column: number, text: string, { sign, compare }: Comparison): TableCondition | undefined {
  const value = /^-?\d+(?:[.,]\d+)?/.exec(text)?.[0]
  if (value === undefined) return undefined
  const bound = Number(value.replace(',', '.'))
  return {
    column,
    value,
    description: `${sign} ${value}`,
    holds: (cell) => cell.trim() !== '' && compare(Number(cell.replace(',', '.')), bound),
  }
}

function longestColumnAtStart(
  text: string,
  columns: readonly string[],
): { readonly index: number; readonly length: number } | undefined {
  const lower = text.toLowerCase().replaceAll(/[_-]/g, ' ')
  return columns
    .flatMap((column, index) => namesOf(column).map((name) => ({ index, length: name.length, name })))
    .filter(({ name }) => name !== '' && (lower === name || /^[\s=<>:]/.test(lower.slice(name.length))))
    .filter(({ name }) => lower.startsWith(name))
    .toSorted((left, right) => right.length - left.length)[0]
}

/** `cost_eur` is called "cost eur", and "cost" as well: a unit often stands behind what is measured. */
function namesOf(column: string): readonly string[] {
  const name = spoken(column.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '))
  const [first = ''] = name.split(' ')
  return first === name ? [name] : [name, first]
}

function spoken(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ')
    .trim()
}
