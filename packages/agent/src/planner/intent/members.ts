import { grep } from '../calls.js'
import { counted, quote } from '../answer/cite.js'
import { isCode } from '../answer/code-outline.js'
import { describeFailure } from '../answer/failure.js'
import { matchesOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { declarations, declaresSomething } from '../text/declarations.js'
import type { DeclarationKind } from '../text/declarations.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface MembersArguments {
  readonly kinds: readonly DeclarationKind[]
  readonly target: Target
}

const KIND = String.raw`(?:functions?|methods?|procedures?|routines?|class(?:es)?|structs?|interfaces?|traits?|enums?|types?|constants?)`
const KINDS = String.raw`(?<kinds>${KIND}(?:(?:,? and |, | or )${KIND})*)`
const ALL = String.raw`(?:all |the |of |every |public |exported |me |us )*`
const IN = String.raw`(?:in|of|from|inside|within|by)`

const FORMS: readonly RegExp[] = [
  String.raw`^(?:list|show|print|display|give|enumerate|name|find|get|what are|which are|count)\s+${ALL}${KINDS}\s+(?:(?:that are |which are |that )?(?:defined |declared |contained |implemented )?)?${IN}\s+(?<target>.+)$`,
  String.raw`^(?:which|what|how many)\s+${KINDS}\s+(?:are|is|do we have|exist)\s+(?:there\s+)?(?:defined\s+|declared\s+|contained\s+|implemented\s+)?${IN}\s+(?<target>.+)$`,
  String.raw`^(?:which|what|how many)\s+${KINDS}\s+(?:does|do|has|have)\s+(?<target>.+?)(?:\s+(?:define|declare|contain|have|export|implement|hold|offer|provide))?$`,
  String.raw`^(?:functions?|methods?|classes)\s+${IN}\s+(?<target>.+)$`,
].map((source) => new RegExp(source, 'i'))

/** Lists what a file or folder of code declares. */
export const membersIntent = defineIntent<MembersArguments>({
  name: 'members',
  example: 'list the functions in ingest.py',
  read: readMembers,
  plan: planMembers,
})

function readMembers(question: Question): MembersArguments | undefined {
  for (const form of FORMS) {
    const groups = form.exec(question.masked)?.groups
    if (groups === undefined) continue
    const words = (groups['kinds'] ?? 'functions').split(/,? and |, | or /i)
    const kinds = declarations.filter((one) => words.some((word) => one.words.test(word))).map(({ kind }) => kind)
    return { kinds, target: readTarget(groups['target'] ?? '', question) }
  }
  return undefined
}

const MOST_SHOWN = 100

function* planMembers({ kinds, target }: MembersArguments, question: Question): Plan {
  const place = yield* resolveTarget(target, 'any')
  if (place === undefined) return yield* answerOpenQuestion(question)
  const chosen = declarations.filter(({ kind }) => kinds.includes(kind))
  const pattern = chosen.map((one) => one.pattern).join('|')
  const [outcome] = yield [grep({ pattern, path: place.path, limit: 0 })]
  if (outcome?.ok !== true) return describeFailure(outcome, place.path)
  const found = matchesOf(outcome).filter(({ path, text }) => isCode(path) && declaresSomething(text))
  const where = found.every(({ path }) => path === found[0]?.path) ? (found[0]?.path ?? place.path) : place.path
  if (found.length === 0) return `I found no ${kinds.map((kind) => NAMES[kind][1]).join(' or ')} in ${where}.`
  const [first] = kinds
  const names = kinds.length === 1 && first !== undefined ? NAMES[first] : (['declaration', 'declarations'] as const)
  const shown = found.slice(0, MOST_SHOWN).map(({ path, line, text }) => quote(path, line, text))
  const more = found.length > MOST_SHOWN ? [`(${MOST_SHOWN} of ${found.length} shown)`] : []
  return [`${counted(found.length, ...names)} in ${where}:`, ...shown, ...more].join('\n')
}

/** What one and several of a kind are called. */
const NAMES: Readonly<Record<DeclarationKind, readonly [string, string]>> = {
  function: ['function or method', 'functions and methods'],
  class: ['class', 'classes'],
  interface: ['interface', 'interfaces'],
  type: ['type', 'types'],
  enum: ['enum', 'enums'],
  constant: ['constant', 'constants'],
}
