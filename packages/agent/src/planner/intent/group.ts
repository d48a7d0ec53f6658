import { grep } from '../calls.js'
import { counted, quote } from '../answer/cite.js'
import { matchesOf } from '../decode-tool-result.js'
import type { Match } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { describeNeedle, readNeedle } from '../question/needle.js'
import type { Needle } from '../question/needle.js'
import type { Question } from '../question/read-question.js'
import { splitScope } from '../question/target.js'
import { baseName, nameStems } from '../resolve/path-tokens.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { escapePattern, stem } from '../text/stem.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface GroupArguments {
  readonly noun: string
  readonly needle: Needle
}

const FORM =
  /^(?:in\s+)?(?:which|what)\s+(?:of\s+(?:the|our)\s+)?(?<noun>[\p{L}][\p{L}-]+?)\s+(?:are|is|do|does|have|has)?\s*(?:use|uses|using|used|mention|mentions|contain|contains|depends? on|rel(?:y|ies) on|written in|runs? on|needs?|requires?|supports?|imports?|stores?\s+\w+\s+in|talks? (?:to|about)|refers? to|includes?|works? with|built (?:with|on))\s+(?<needle>.+)$/iu
const MOST_MATCHES = 3_000
const LINES_PER_GROUP = 2

/** "Which projects use X": the folders below `projects` that speak of X, with a line of each. */
export const groupIntent = defineIntent<GroupArguments>({
  name: 'group',
  example: 'which projects use PostgreSQL?',
  read: readGroup,
  plan: planGroup,
})

function readGroup(question: Question): GroupArguments | undefined {
  const groups = FORM.exec(question.masked)?.groups
  const noun = groups?.['noun']
  if (noun === undefined || /^(?:files?|folders?|documents?|docs|pages?|lines?|of|is|are)$/i.test(noun))
    return undefined
  const needle = readNeedle(splitScope(groups?.['needle'] ?? '').rest || (groups?.['needle'] ?? ''), question)
  return needle === undefined || needle.text.split(' ').length > 4 ? undefined : { noun, needle }
}

function* planGroup({ noun, needle }: GroupArguments, question: Question): Plan {
  const place = yield* resolveTarget({ kind: 'phrase', phrase: noun }, 'directory')
  if (place === undefined || !nameStems(baseName(place.path)).has(stem(noun)))
    return yield* answerOpenQuestion(question)
  const pattern = needle.isPattern ? needle.text : `(?:\\b|_)${escapePattern(needle.text)}`
  const [outcome] = yield [grep({ pattern, path: place.path, ignore_case: true, limit: MOST_MATCHES })]
  const groups = groupByChild(matchesOf(outcome), place.path)
  if (groups.size === 0)
    return `Nothing found: no file in ${place.path} holds ${describeNeedle(needle)} (searched ignoring case).`
  const sections = [...groups].flatMap(([group, matches]) => describeGroup(group, matches))
  return [
    `${counted(groups.size, 'entry', 'entries')} of ${place.path} with lines that hold ${describeNeedle(needle)}:`,
    ...sections,
  ].join('\n')
}

function groupByChild(matches: readonly Match[], folder: string): ReadonlyMap<string, readonly Match[]> {
  const prefix = folder === '.' ? '' : `${folder}/`
  const groups = new Map<string, Match[]>()
  for (const match of matches) {
    const [child = match.path] = match.path.slice(prefix.length).split('/')
    groups.set(`${prefix}${child}`, [...(groups.get(`${prefix}${child}`) ?? []), match])
  }
  return groups
}

/** What a README says of a project counts more than a line of its code; what it says first, most. */
function describeGroup(group: string, matches: readonly Match[]): readonly string[] {
  const rank = ({ path }: Match): number =>
    (/(?:^|\/)readme\.\w+$/i.test(path) ? 0 : 10) +
    (/\.(?:md|txt|rst|toml|json|ya?ml)$/i.test(path) ? 0 : 5) +
    path.split('/').length
  const best = matches.toSorted((left, right) => rank(left) - rank(right)).slice(0, LINES_PER_GROUP)
  return [`${group}:`, ...best.map((match) => quote(match.path, match.line, match.text))]
}
