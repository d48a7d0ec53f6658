import { find, grep, ls, tail, wc } from '../calls.js'
import { cite, counted } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { countsOf, entriesOf, fileLinesOf, matchesOf, pathsOf, wordCountOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { describeNeedle, needlePattern } from '../question/needle.js'
import type { Needle } from '../question/needle.js'
import type { Question } from '../question/read-question.js'
import { nameStems } from '../resolve/path-tokens.js'
import { escapeGlob } from '../resolve/resolve-names.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import type { Place, Wanted } from '../resolve/resolve-targets.js'
import { stem } from '../text/stem.js'
import type { CountArguments } from './count-forms.js'
import { answerOpenQuestion } from './open.js'
import { searchFiles } from './search-plan.js'

const MOST_SHOWN = 60
/** Files whose first match is looked up, each with a call of its own. */
const MOST_PLACED = 20

/** Counts matching lines, or the files that hold them. */
export function* countMatches(values: CountArguments, question: Question): Plan {
  const { needle, what } = values
  if (needle === undefined) return yield* answerOpenQuestion(question)
  const place = yield* placeOf(values, 'any')
  if (place === undefined && what !== 'filesWith') {
    if (values.target?.kind !== 'phrase') return lost(values)
    // "How many TODOs are assigned to Tomas": what names no folder picks among the lines.
    const besides = values.target.phrase
    return yield* searchFiles({ ...values, needle, wholeNeedle: undefined, scope: undefined, besides }, question)
  }
  return yield* countIn(place?.path ?? '.', needle, values)
}

function* countIn(path: string, needle: Needle, { extensions, what }: CountArguments): Plan {
  const glob = extensions.length === 0 ? {} : { glob: extensions.map((extension) => `*.${extension}`) }
  const common = { pattern: needlePattern(needle), path, ...glob, ignore_case: needle.ignoreCase }
  const [counting] = yield [grep({ ...common, mode: 'count', limit: 0 })]
  if (counting?.ok !== true) return describeFailure(counting, path)
  const counts = countsOf(counting)
  const lines = counts.reduce((sum, { count }) => sum + count, 0)
  const where = path === '.' ? '' : ` in ${path}`
  if (lines === 0) return `0: no line matches ${describeNeedle(needle)}${where}.`
  const total = `${counted(lines, 'line')} in ${counted(counts.length, 'file')}`
  const title = what === 'filesWith' ? `${counted(counts.length, 'file')} (${counted(lines, 'line')})` : total
  const shown = counts.slice(0, MOST_PLACED)
  const firsts = yield shown.map((file) => grep({ ...common, path: file.path, limit: 1 }))
  const rows = shown.map(({ path: file, count }, index) => {
    const line = matchesOf(firsts[index])[0]?.line
    return line === undefined ? `- ${counted(count, 'line')}: ${file}` : cite(`- ${counted(count, 'line')}`, file, line)
  })
  const rest = counts.slice(MOST_PLACED, MOST_SHOWN).map((file) => `- ${counted(file.count, 'line')}: ${file.path}`)
  const more = counts.length > MOST_SHOWN ? [`(${String(MOST_SHOWN)} of ${String(counts.length)} files shown)`] : []
  return [
    `${title} match ${describeNeedle(needle)}${where}; the first match of each file:`,
    ...rows,
    ...rest,
    ...more,
  ].join('\n')
}

/** Counts the lines, words and bytes of a file. */
export function* countLines(values: CountArguments, question: Question): Plan {
  const place = yield* placeOf(values, 'file')
  if (place === undefined) return yield* answerOpenQuestion(question)
  const [outcome, last] = yield [wc(place.path), tail(place.path, 1)]
  const count = wordCountOf(outcome)
  if (outcome?.ok !== true || count === undefined) return describeFailure(outcome, place.path)
  const asked = {
    lines: describeLineCount(count.lines, fileLinesOf(last)?.totalLines ?? count.lines),
    words: counted(count.words, 'word'),
    bytes: counted(count.bytes, 'byte'),
  }
  const first = values.what === 'words' || values.what === 'bytes' ? values.what : 'lines'
  const others = (['lines', 'words', 'bytes'] as const).filter((unit) => unit !== first).map((unit) => asked[unit])
  return cite(`${asked[first]} (${others.join(', ')})`, count.path)
}

/** A last line without a newline is a line to a reader and none to `wc`. */
function describeLineCount(newlines: number, lines: number): string {
  return lines === newlines ? counted(lines, 'line') : `${counted(lines, 'line')}, the last without a newline`
}

/** Counts files or folders below a folder. */
export function* countFiles(values: CountArguments): Plan {
  const place = yield* placeOf(values, 'directory')
  if (place === undefined) return lost(values)
  const type = values.what === 'folders' ? 'directory' : 'file'
  const common = { path: place.path, type, limit: 0, ignore_case: true } as const
  // "How many test files": a word that names no kind of file is looked for in their names.
  const word = values.what === 'files' && values.extensions.length === 0 ? values.noun : ''
  const named = word === '' ? {} : { name: `*${escapeGlob(word)}*` }
  const kinds = values.extensions.length === 0 ? [named] : values.extensions.map((extension) => ({ extension }))
  const outcomes = yield kinds.map((kind) => find({ ...common, ...kind }))
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (failed !== undefined) return describeFailure(failed, place.path)
  const total = outcomes.reduce((sum, outcome) => sum + Math.max(outcome.total, pathsOf(outcome).length), 0)
  const label = values.extensions.length === 0 ? '' : ` (${values.extensions.map((one) => `.${one}`).join(', ')})`
  const noun = type === 'file' ? counted(total, 'file') : counted(total, 'folder')
  const carrying = word === '' ? '' : ` with "${word}" in the name`
  const title = `${noun}${label}${carrying} below ${place.path === '.' ? 'the root folder' : place.path}`
  const paths = [...new Set(outcomes.flatMap(pathsOf))].sort()
  if (paths.length === 0 || paths.length > MOST_SHOWN) return `${title}.`
  return [`${title}:`, ...paths].join('\n')
}

/** "How many policies are there": the entries of the folder that the noun names; otherwise the fact is in a text. */
export function* countNamed(values: CountArguments, question: Question): Plan {
  const { noun } = values
  const place =
    values.target === undefined || values.target.kind === 'root'
      ? yield* namedFolder(noun)
      : yield* placeOf(values, 'directory')
  if (place === undefined) return yield* answerOpenQuestion(question)
  const [outcome] = yield [ls(place.path)]
  const entries = entriesOf(outcome).filter((entry) => !/(?:^|\/)(?:readme|index)\.\w+$/i.test(entry.path))
  if (outcome?.ok !== true || entries.length === 0 || !speaksOf(noun, place.path, entries))
    return yield* answerOpenQuestion(question)
  const rows = entries.slice(0, MOST_SHOWN).map((entry) => (entry.kind === 'directory' ? `${entry.path}/` : entry.path))
  return [`${counted(entries.length, 'entry', 'entries')} in ${place.path}:`, ...rows].join('\n')
}

const ENTRY_NOUNS = new Set(['record', 'entri', 'item', 'thing', 'document', 'page', 'note', 'element', 'report'])

/** The noun names the folder, its entries, or is a word for entries in general. */
function speaksOf(noun: string, folder: string, entries: readonly { readonly path: string }[]): boolean {
  const stems = noun.split(/\s+/).map(stem)
  const last = stems.at(-1) ?? ''
  if (ENTRY_NOUNS.has(last) || stems.some((one) => nameStems(folder).has(one))) return true
  return entries.filter((entry) => nameStems(entry.path).has(last)).length * 2 >= entries.length
}

function* namedFolder(noun: string): Plan<Place | undefined> {
  const place = yield* resolveTarget({ kind: 'phrase', phrase: noun }, 'directory')
  const stems = nameStems((place?.path ?? '').slice((place?.path ?? '').lastIndexOf('/') + 1))
  return noun
    .split(/\s+/)
    .map(stem)
    .some((one) => stems.has(one))
    ? place
    : undefined
}

function* placeOf({ target }: CountArguments, wanted: Wanted): Plan<Place | undefined> {
  if (target === undefined || target.kind === 'root') return { path: '.', kind: 'directory', others: [] }
  return yield* resolveTarget(target, wanted)
}

function lost({
  target,
  needle,
}: {
  readonly target: CountArguments['target']
  readonly needle: Needle | undefined
}): string {
  const where = target?.kind === 'phrase' ? target.phrase : ''
  return `I found no file or folder named "${where}"${needle === undefined ? '' : ` to count ${describeNeedle(needle)} in`}.`
}
