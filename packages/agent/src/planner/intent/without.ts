import { find, grep, ls } from '../calls.js'
import { counted } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { countsOf, entriesOf, pathsOf } from '../decode-tool-result.js'
import type { ToolOutcome } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { describeNeedle, needlePattern, readNeedle } from '../question/needle.js'
import type { Needle } from '../question/needle.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import type { Target } from '../question/target.js'
import { baseName, nameStems } from '../resolve/path-tokens.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { stem } from '../text/stem.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface WithoutArguments {
  /** What is asked for: files, or the entries of the folder that the noun names. */
  readonly noun: string
  readonly needle: Needle
  readonly scope: Target | undefined
  readonly extensions: readonly string[]
}

const VERBS =
  'use|mention|contain|include|import|need|require|support|have|reference|refer to|talk about|depend on|rely on|run on|written in'
const FORM = new RegExp(
  String.raw`^(?:(?:which|what|list|find|show)\s+)?(?:me\s+)?(?:(?:all|of|the|our)\s+)*(?:[\w+#]+\s+)?(?<noun>[\p{L}][\p{L}-]+?)\s+(?:(?:that|which)\s+)?(?:(?:do|does|did|are|is)(?:n['’]t|\s+not)\s+(?:${VERBS})|(?<without>without))\s+(?:any\s+|a\s+|the\s+(?:word|text)\s+)?(?<needle>.+)$`,
  'iu',
)
const FILES = /^(?:files?|documents?|docs|pages?|scripts?|modules?|notes)$/i
const MOST_SHOWN = 60

/** "Which projects do not use X": the files or folders in which no line holds it. */
export const withoutIntent = defineIntent<WithoutArguments>({
  name: 'without',
  example: 'which files do not mention TODO?',
  read: readWithout,
  plan: planWithout,
})

function readWithout(question: Question): WithoutArguments | undefined {
  const groups = FORM.exec(question.masked)?.groups
  if (groups === undefined) return undefined
  const { noun = '', needle: fragment = '' } = groups
  if (groups['without'] !== undefined && !FILES.test(noun)) return undefined
  const { rest, scope } = splitScope(fragment)
  const needle = readNeedle(rest === '' ? fragment : rest, question)
  if (needle === undefined || needle.text.split(' ').length > 4) return undefined
  const extensions = question.fileTypes.flatMap((type) => type.extensions)
  return { noun, needle, scope: scope === undefined ? undefined : readTarget(scope, question), extensions }
}

function* planWithout(values: WithoutArguments, question: Question): Plan {
  const { noun, needle } = values
  const isFiles = FILES.test(noun)
  const target = isFiles ? values.scope : ({ kind: 'phrase', phrase: noun } as const)
  const place = target === undefined ? undefined : yield* resolveTarget(target, 'directory')
  if (!isFiles && (place === undefined || !nameStems(baseName(place.path)).has(stem(noun))))
    return yield* answerOpenQuestion(question)
  const path = place?.path ?? '.'
  const kinds = values.extensions.length === 0 ? [{}] : values.extensions.map((extension) => ({ extension }))
  const listing = isFiles ? kinds.map((kind) => find({ path, type: 'file', limit: 0, ...kind })) : [ls(path)]
  const [counting, ...listed] = yield [
    grep({ pattern: needlePattern(needle), path, ignore_case: true, mode: 'count', limit: 0 }),
    ...listing,
  ]
  const failed = [counting, ...listed].find((outcome) => outcome?.ok !== true)
  if (counting === undefined || failed !== undefined) return describeFailure(failed, path)
  const holding = countsOf(counting).map((file) => file.path)
  const all = listed.flatMap(isFiles ? pathsOf : entryPaths)
  const without = all.filter((entry) => !holding.some((file) => file === entry || file.startsWith(`${entry}/`)))
  const where = path === '.' ? '' : ` in ${path}`
  const unit = isFiles ? counted(all.length, 'file') : counted(all.length, 'entry', 'entries')
  const title = `${String(without.length)} of ${unit}${where} have no line that holds ${describeNeedle(needle)}`
  if (without.length === 0) return `${title}.`
  const more = without.length > MOST_SHOWN ? [`(${String(MOST_SHOWN)} of ${String(without.length)} shown)`] : []
  return [`${title}:`, ...without.slice(0, MOST_SHOWN), ...more].join('\n')
}

function entryPaths(outcome: ToolOutcome): readonly string[] {
  return entriesOf(outcome).map((entry) => entry.path)
}
