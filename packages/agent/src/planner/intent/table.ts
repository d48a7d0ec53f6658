import { cat, find } from '../calls.js'
import { tableAnswers } from '../answer/table-answers.js'
import type { TableSource } from '../answer/table-answers.js'
import { fileLinesOf, pathsOf } from '../decode-tool-result.js'
import type { ToolOutcome } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { baseName } from '../resolve/path-tokens.js'
import { escapeGlob } from '../resolve/resolve-names.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { parseTable } from '../text/parse-table.js'
import { columnNamed, readCondition } from '../text/table-condition.js'
import { countIntent } from './count.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface TableArguments {
  readonly what: keyof typeof tableAnswers
  readonly condition: string
  readonly target: Target | undefined
}

const HOW_MANY = String.raw`(?:how many|count(?: up)?(?: all| the| of)*|(?:what is the )?(?:total )?number of)`
const ROWS = '(?:data )?(?:rows?|records?|entries)'
const TABLE = String.raw`(?<table>‹p\d+›|(?:the\s+)?[\p{L}\p{N} _-]+?\s+(?:table|csv|spreadsheet|sheet)(?: file)?)`
const IN = '(?:in|of|from|according to|within|inside)'
const WITH = String.raw`(?:with|have|having|has|had|whose|where|in which|that have|that has|which have|which has)`

const FORMS: readonly { readonly what: TableArguments['what']; readonly pattern: RegExp }[] = [
  { what: 'rows', pattern: form(`${ROWS} (?:are |is )?(?:there )?${IN} ${TABLE}`) },
  { what: 'rows', pattern: form(`${ROWS} (?:does|do|has|have) ${TABLE}(?: have| contain| hold)?`) },
  {
    what: 'values',
    pattern: form(
      String.raw`(?:different|distinct|unique) (?<condition>[\p{L}_ -]+?) (?:values )?(?:(?:are|is) )?(?:there )?${IN} ${TABLE}`,
    ),
  },
  {
    what: 'where',
    pattern: form(String.raw`[\p{L}_-]+(?: [\p{L}_-]+)? ${IN} ${TABLE} (?:are there )?${WITH} (?<condition>.+?)`),
  },
  {
    what: 'where',
    pattern: form(
      String.raw`(?!files?\b|folders?\b|lines?\b|documents?\b)[\p{L}_-]+ (?:(?:are|is|were) )?(?:there )?${WITH} (?<condition>.+?)(?: (?:(?:are|is) )?(?:there )?${IN} ${TABLE})?(?: are there)?`,
    ),
  },
]

function form(rest: string): RegExp {
  return new RegExp(`^${HOW_MANY} ${rest}$`, 'iu')
}

/** Counts the rows of a table by the values of its columns. */
export const tableIntent = defineIntent<TableArguments>({
  name: 'table',
  example: 'how many rows of orders.csv have status open?',
  read: readTableQuestion,
  plan: planTable,
})

function readTableQuestion(question: Question): TableArguments | undefined {
  for (const { what, pattern } of FORMS) {
    const groups = pattern.exec(question.masked)?.groups
    if (groups === undefined) continue
    const { table, condition = '' } = groups
    const target = table === undefined ? undefined : readTable(table, question)
    if (table === undefined || target !== undefined) return { what, condition: written(condition, question), target }
  }
  return undefined
}

/** A file of separated values, or what is called a table; any other file has lines, not rows. */
function readTable(fragment: string, question: Question): Target | undefined {
  const name = fragment.replace(NOUN, '')
  const target = readTarget(name, question)
  const isTable = target.kind === 'path' ? TABLE_FILE.test(target.path) : name !== fragment
  return isTable ? target : undefined
}

const NOUN = /\s+(?:table|csv|spreadsheet|sheet)(?: file)?$/i
const TABLE_FILE = /\.(?:csv|tsv)$/i
/** Tables without a name in the question whose columns are looked at. */
const MOST_TABLES = 20
/** A larger table is not read whole to count in it. */
const LARGEST_BYTES = 4_194_304

function* planTable(values: TableArguments, question: Question): Plan {
  const answers: string[] = []
  for (const path of yield* candidates(values)) {
    const table = yield* openTable(path)
    const answer = table === undefined ? undefined : tableAnswers[values.what](values.condition, table)
    if (answer !== undefined) answers.push(answer)
  }
  if (answers.length > 0) return answers.join('\n')
  // What names no column of a table is counted among lines, or stands in a text.
  return yield* countIntent.read(question)?.plan() ?? answerOpenQuestion(question)
}

/** The table that the question names, else every table with a column that the condition begins with. */
function* candidates({ target, condition }: TableArguments): Plan<readonly string[]> {
  if (target !== undefined) {
    const place = yield* resolveTarget(target, 'file')
    if (place !== undefined && TABLE_FILE.test(place.path)) return [place.path]
    if (target.kind === 'path') return []
  }
  const found = yield ['csv', 'tsv'].map((extension) => find({ extension, type: 'file', limit: MOST_TABLES }))
  const paths = found.flatMap(pathsOf).slice(0, MOST_TABLES)
  if (paths.length === 0) return []
  const headers = yield paths.map((path) => cat(path, { end_line: 1 }))
  return paths.filter((_, index) => {
    const columns = parseTable(fileLinesOf(headers[index])?.lines[0] ?? '')?.columns ?? []
    return readCondition(condition, columns) !== undefined || columnNamed(condition, columns) !== undefined
  })
}

function* openTable(path: string): Plan<TableSource | undefined> {
  const name = escapeGlob(baseName(path))
  const folder = path.slice(0, Math.max(0, path.length - baseName(path).length - 1))
  const [small] = yield [find({ path: folder === '' ? '.' : folder, name, max_depth: 1, max_size: LARGEST_BYTES })]
  const [found] = pathsOf(small)
  if (found === undefined) return undefined
  const [whole] = yield [cat(found, { limit: 0 })]
  const table = parseTable(textOf(whole))
  return table === undefined ? undefined : { path: found, table, lines: fileLinesOf(whole)?.lines ?? [] }
}

function textOf(outcome: ToolOutcome | undefined): string {
  return outcome?.ok === true ? outcome.text : ''
}
