import { find } from '../calls.js'
import type { FileOrder } from '../calls.js'
import { cite, counted } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { measuredFilesOf } from '../decode-tool-result.js'
import type { MeasuredFile, ToolOutcome } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import type { LineRange } from '../question/line-range.js'
import type { Question } from '../question/read-question.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'
import { showPlace } from './show.js'

interface ExtremeArguments {
  readonly order: FileOrder
  /** How many files are asked for. */
  readonly most: number
  readonly extensions: readonly string[]
  readonly scope: Target | undefined
  /** Whether the file itself is to be shown, and which lines of it. */
  readonly shows: boolean
  readonly range: LineRange | undefined
}

const WORDS: Readonly<Record<FileOrder, string>> = {
  largest: 'largest|biggest|heaviest',
  smallest: 'smallest|tiniest|lightest',
  newest: String.raw`newest|youngest|latest|most recent|(?:most recently|last|latest) (?:changed|modified|edited|updated|written|touched|saved)`,
  oldest: String.raw`oldest|least recent(?:ly (?:changed|modified|edited|updated))?`,
}
const ORDERS: readonly FileOrder[] = ['largest', 'smallest', 'newest', 'oldest']
const ANY = ORDERS.map((order) => WORDS[order]).join('|')
const NOUN = String.raw`(?:[\w+#.*]+\s+){0,2}?(?<noun>files?|documents?|scripts?|images?|pictures?|logs?)`
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const WHERE = String.raw`(?:\s+(?:here|there|(?:that |which )?(?:we have|i have|exists?)|by size|by (?:date|time)|in (?:bytes|size)))*(?:\s+(?:in|of|under|inside|within|below|from|among)\s+(?<scope>.+?))?(?:\s+(?:here|by size|in (?:bytes|size)))*`
const SUPERLATIVE = String.raw`(?:(?<count>\d{1,3}|${NUMBERS.join('|')})\s+)?(?<order>${ANY})`

const FORMS: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:(?:which|what)(?:'s| is| are| was| were)?|find|show|list|give|get|print|read|open|cat|display|name)?\b(?:\s*\b(?:me|us|of|in|from|the|top)\b)*\s*${SUPERLATIVE}(?:\s+(?<again>\d{1,3}))?\s+${NOUN}${WHERE}$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:which|what)\s+(?:of the\s+)?${NOUN}${WHERE}\s+(?:is|are|was|were|has been|have been|got)\s+(?:the\s+)?${SUPERLATIVE}(?:\s+(?:one|ones|of all))?$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:which|what)\s+${NOUN}${WHERE}\s+(?:was|were|has been|have been|did)\s+(?:\w+\s+)?(?<order>changed|modified|edited|updated|touched)\s+(?:last|most recently|latest)$`,
    'i',
  ),
]

/** Finds the largest, smallest, newest or oldest files. */
export const extremeIntent = defineIntent<ExtremeArguments>({
  name: 'extreme',
  example: 'which file is the largest?',
  read: readExtreme,
  plan: planExtreme,
})

function readExtreme(question: Question): ExtremeArguments | undefined {
  for (const form of FORMS) {
    const groups = form.exec(question.masked)?.groups
    if (groups === undefined) continue
    const { order: word = '', count, again, noun = '', scope } = groups
    const order = ORDERS.find((one) => new RegExp(`^(?:${WORDS[one]})$`, 'i').test(word)) ?? 'newest'
    const { range } = question
    return {
      order,
      most: mostOf(count ?? again, /\bis\s+the\b/i.test(question.masked) ? 'file' : noun),
      extensions: question.fileTypes.flatMap((type) => type.extensions),
      scope: scope === undefined ? undefined : readTarget(scope, question),
      shows: range !== undefined || /^(?:read|open|cat|display)\b/i.test(question.masked),
      range,
    }
  }
  return undefined
}

function mostOf(count: string | undefined, noun: string): number {
  if (count === undefined) return /s$/i.test(noun) ? 5 : 1
  const spelled = NUMBERS.indexOf(count.toLowerCase()) + 1
  return Math.max(1, spelled === 0 ? Number(count) : spelled)
}

function* planExtreme(values: ExtremeArguments, question: Question): Plan {
  const { scope, order, most, extensions } = values
  const place = scope === undefined || scope.kind === 'root' ? undefined : yield* resolveTarget(scope, 'directory')
  if (scope !== undefined && scope.kind === 'phrase' && place === undefined) return yield* answerOpenQuestion(question)
  const path = place?.path ?? '.'
  const kinds = extensions.length === 0 ? [{}] : extensions.map((extension) => ({ extension }))
  const outcomes = yield kinds.map((kind) =>
    find({ path, type: 'file', ignore_case: true, sort: order, limit: most, ...kind }),
  )
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (failed !== undefined) return describeFailure(failed, path)
  const files = outcomes.flatMap(measuredFilesOf).toSorted(COMPARE[order]).slice(0, most)
  const [first] = files
  if (first === undefined)
    return `Nothing found: there is no such file below ${path === '.' ? 'the root folder' : path}.`
  if (values.shows) return yield* showPlace({ path: first.path, kind: 'file', others: [] }, values.range)
  return describeFiles(files, { order, path, outcomes })
}

const COMPARE: Readonly<Record<FileOrder, (left: MeasuredFile, right: MeasuredFile) => number>> = {
  largest: (left, right) => right.size - left.size,
  smallest: (left, right) => left.size - right.size,
  newest: (left, right) => timeOf(right) - timeOf(left),
  oldest: (left, right) => timeOf(left) - timeOf(right),
}

function timeOf({ modified }: MeasuredFile): number {
  return modified === null ? 0 : Date.parse(modified)
}

function describeFiles(
  files: readonly MeasuredFile[],
  { order, path, outcomes }: { order: FileOrder; path: string; outcomes: readonly ToolOutcome[] },
): string {
  const all = outcomes.reduce((sum, outcome) => sum + Math.max(outcome.total, measuredFilesOf(outcome).length), 0)
  const where = path === '.' ? '' : ` in ${path}`
  const several = files.length === 1 ? '' : `${String(files.length)} `
  return [
    `The ${several}${order} of ${counted(all, 'file')}${where}, with the time of the last change:`,
    ...files.map((file) => cite(`- ${counted(file.size, 'byte')}, ${file.modified ?? 'unknown'}`, file.path)),
  ].join('\n')
}
