import { grep } from '../calls.js'
import { counted, quote } from '../answer/cite.js'
import { countsOf, matchesOf } from '../decode-tool-result.js'
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
const MOST_GROUPS = 30
const FILES_PER_GROUP = 2

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
  const [counting] = yield [grep({ pattern, path: place.path, ignore_case: true, mode: 'count', limit: 0 })]
  const groups = [...groupByChild(countsOf(counting), place.path)]
  if (groups.length === 0)
    return `Nothing found: no file in ${place.path} holds ${describeNeedle(needle)} (searched ignoring case).`
  const shown = groups.slice(0, MOST_GROUPS)
  const files = shown.flatMap(([, paths]) =>
    paths.toSorted((left, right) => rank(left) - rank(right)).slice(0, FILES_PER_GROUP),
  )
  const outcomes = yield files.map((path) => grep({ pattern, path, ignore_case: true, limit: 1 }))
  const matches = outcomes.flatMap(matchesOf)
  const more = groups.length > shown.length ? [`(${String(shown.length)} of ${String(groups.length)} shown)`] : []
  return [
    `${counted(groups.length, 'entry', 'entries')} of ${place.path} with lines that hold ${describeNeedle(needle)}:`,
    ...shown.flatMap(([group]) => [`${group}:`, ...quotesOf(group, matches)]),
    ...more,
  ].join('\n')
}

function quotesOf(group: string, matches: readonly Match[]): readonly string[] {
  return matches
    .filter(({ path }) => path === group || path.startsWith(`${group}/`))
    .map((match) => quote(match.path, match.line, match.text))
}

function groupByChild(
  counts: readonly { readonly path: string }[],
  folder: string,
): ReadonlyMap<string, readonly string[]> {
  const prefix = folder === '.' ? '' : `${folder}/`
  const groups = new Map<string, string[]>()
  for (const { path } of counts) {
    const [child = path] = path.slice(prefix.length).split('/')
    const paths = groups.get(`${prefix}${child}`) ?? []
    paths.push(path)
    groups.set(`${prefix}${child}`, paths)
  }
  return groups
}

/** What a README says of a project counts more than a line of its settings, and that more than its code. */
function rank(path: string): number {
  const readme = /(?:^|\/)readme\.\w+$/i.test(path) ? 0 : 10
  const spoken = /\.(?:md|txt|rst|toml|json|ya?ml)$/i.test(path) ? 0 : 5
  return readme + spoken + path.split('/').length
}
