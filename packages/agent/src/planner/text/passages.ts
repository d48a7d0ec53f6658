import { splitProse } from './split-prose.js'
import { splitStructured } from './split-structured.js'
import { splitRecords } from './split-records.js'
import { splitTable } from './split-table.js'

/** A line with its number. */
export interface NumberedLine {
  readonly number: number
  readonly text: string
}

/** A few lines that belong together, with the headings, table header or enclosing lines above them. */
export interface Passage {
  readonly path: string
  readonly lines: readonly NumberedLine[]
  readonly context: readonly NumberedLine[]
}

type Splitter = (lines: readonly NumberedLine[]) => readonly Omit<Passage, 'path'>[]

const PROSE = new Set(['md', 'markdown', 'mdx', 'txt', 'rst', 'adoc', 'html', 'htm', 'tex', ''])
const TABLES = new Set(['csv', 'tsv'])
const LOGS = new Set(['log', 'jsonl', 'ndjson'])

/** Splits a file into passages by what its name and lines say it is: prose, a table, a log, or code and settings. */
export function splitPassages(path: string, lines: readonly NumberedLine[]): readonly Passage[] {
  return splitterOf(path, lines)(lines).map((passage) => ({ path, ...passage }))
}

function splitterOf(path: string, lines: readonly NumberedLine[]): Splitter {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (TABLES.has(extension) || isDelimited(lines)) return splitTable
  if (LOGS.has(extension)) return splitRecords
  return PROSE.has(extension) ? splitProse : splitStructured
}

/** Records separated by semicolons or tabs are a table whatever the file is called. */
function isDelimited(lines: readonly NumberedLine[]): boolean {
  const [first, second] = lines
  if (first === undefined || second === undefined) return false
  return [';', '\t'].some((mark) => {
    const columns = first.text.split(mark).length
    return columns > 2 && second.text.split(mark).length === columns
  })
}
