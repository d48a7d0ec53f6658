import { cat, head, ls, tail } from '../calls.js'
import { cite, counted, fenced } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { listEntries } from '../answer/list-entries.js'
import { fileLinesOf } from '../decode-tool-result.js'
import type { FileLines, ToolOutcome } from '../decode-tool-result.js'
import type { Plan, ToolRequest } from '../plan.js'
import type { LineRange } from '../question/line-range.js'
import type { Question } from '../question/read-question.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import type { Place } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

const MOST_LINES = 500

interface ShowArguments {
  readonly target: Target
  readonly range: LineRange | undefined
}

const VERB = String.raw`(?:show|read|open|cat|print|display|view|see|look at|head|tail|type|dump|give|get|fetch|bring up|pull up|output|let me (?:see|read|have)|i(?:'d like| want| need) to (?:see|read))`
const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`^${VERB}\b(?:\s+(?:me|us|out))?\s+(?<target>.+)$`, 'i'),
  /^what(?:'s| is| does| do| are)?\s+(?:it say )?(?:in|inside|on|at)\s+(?:the\s+)?(?:file\s+)?(?:of\s+|in\s+)?(?<target>.*‹p\d+›.*)$/i,
  /^what\s+(?:does|do)\s+(?:the\s+)?(?:file\s+)?(?<target>‹p\d+›)\s+(?:say|contain|look like|have|hold|read)\b.*$/i,
  /^(?:the\s+)?(?:contents?|text)\s+of\s+(?<target>.+)$/i,
  /^(?<target>(?:the\s+)?(?:file\s+)?‹p\d+›)$/i,
]

/** Shows a file, or the part of it that was asked for. */
export const showIntent = defineIntent<ShowArguments>({
  name: 'show',
  example: 'show the first 5 lines of notes/todo.md',
  read: readShow,
  plan: planShow,
})

function readShow(question: Question): ShowArguments | undefined {
  const { masked, range } = question
  if (range !== undefined) {
    const fragment = masked
      .replace(new RegExp(String.raw`^(?:${VERB}|what(?:'s| is| does| are)?|which|and|or)\b(?:\s+me\b)?`, 'i'), ' ')
      .replace(/\b(?:what(?:'s| is| does)?|read|show|say|only|just|is|are|lines?|on|me)\b/gi, ' ')
      .replace(/\s+/g, ' ')
    const target = readTarget(fragment.trim(), question)
    if (target.kind !== 'root') return { target, range }
  }
  for (const form of FORMS) {
    const fragment = form.exec(masked)?.groups?.['target']
    if (fragment === undefined || /^(?:how|why|who|when|where|what|all|every|any)\b/i.test(fragment)) continue
    return { target: readTarget(fragment.replace(/^(?:the\s+)?(?:contents?|text)\s+of\s+/i, ''), question), range }
  }
  return undefined
}

function* planShow({ target, range }: ShowArguments, question: Question): Plan {
  const place = yield* resolveTarget(target, range === undefined ? 'any' : 'file')
  if (place === undefined) return yield* answerOpenQuestion(question)
  return yield* showPlace(place, range)
}

/** Shows what lies at a place: the lines of a file, or the entries of a directory. */
export function* showPlace(place: Place, range: LineRange | undefined): Plan {
  if (place.kind === 'directory' || (place.kind === 'unknown' && range === undefined && !hasExtension(place.path))) {
    const [outcome] = yield [ls(place.path)]
    if (outcome?.ok === true) return listEntries(outcome, place.path)
    if (outcome?.error?.code !== 'NOT_A_DIRECTORY') return describeFailure(outcome, place.path)
  }
  const [outcome] = yield [requestFor(place.path, range)]
  if (outcome?.error?.code === 'IS_A_DIRECTORY') {
    const [listing] = yield [ls(place.path)]
    if (listing?.ok === true) return listEntries(listing, place.path)
  }
  return describeLines(outcome, place, range)
}

function requestFor(path: string, range: LineRange | undefined): ToolRequest {
  if (range === undefined) return cat(path, { limit: MOST_LINES })
  if (range.kind === 'first') return head(path, Math.min(range.lines, MOST_LINES))
  if (range.kind === 'last') return tail(path, Math.min(range.lines, MOST_LINES))
  return cat(path, { start_line: range.from, end_line: Math.min(range.to, range.from + MOST_LINES - 1) })
}

function describeLines(outcome: ToolOutcome | undefined, place: Place, range: LineRange | undefined): string {
  const file = fileLinesOf(outcome)
  if (file === undefined) return describeFailure(outcome, place.path)
  const others = place.others.length === 0 ? '' : `\n\nThe same name also fits: ${place.others.join(', ')}`
  if (file.totalLines === 0) return `The file is empty: ${file.path}${others}`
  if (file.lines.length === 0) return emptyRange(file, range)
  return `${describeExtent(file)}\n${fenced(file.lines)}${moreLines(file, range)}${others}`
}

function describeExtent(file: FileLines): string {
  const last = file.start + file.lines.length - 1
  const total = counted(file.totalLines, 'line')
  if (last === file.start) return cite(`Line ${String(last)} of ${total}`, file.path, last)
  const extent =
    file.lines.length === file.totalLines
      ? `All ${total}`
      : `Lines ${String(file.start)} to ${String(last)} of ${total}`
  return `${cite(extent, file.path, file.start)}-${String(last)}`
}

function emptyRange(file: FileLines, range: LineRange | undefined): string {
  const wanted = range?.kind === 'between' ? `line ${String(range.from)}` : 'such a line'
  return `There is no ${wanted}: ${file.path} has ${counted(file.totalLines, 'line')}.`
}

function moreLines(file: FileLines, range: LineRange | undefined): string {
  const last = file.start + file.lines.length - 1
  if (range !== undefined || last >= file.totalLines) return ''
  return `\n\nFor more, ask for lines ${String(last + 1)} to ${String(Math.min(file.totalLines, last + MOST_LINES))} of ${file.path}`
}

function hasExtension(path: string): boolean {
  return /[^/.][^/]*\.[a-z0-9]{1,10}$|(?:^|\/)\.[a-z][\w.-]*$/i.test(path)
}
