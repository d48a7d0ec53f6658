import { find, grep } from '../calls.js'
import { composeOpenAnswer } from '../answer/open-answer.js'
import { rankFiles } from '../answer/rank-files.js'
import type { TermHits } from '../answer/rank-files.js'
import { readPassageSources } from '../answer/read-sources.js'
import { countsOf, pathsOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import type { Place } from '../resolve/resolve-targets.js'
import { questionTerms } from '../text/question-terms.js'
import type { QuestionTerm } from '../text/question-terms.js'
import { defineIntent } from './intent.js'

const FILES_READ = 8
const MOST_NAMES = 5
/** "According to ADR-006" limits the search to what carries this name. */
const ACCORDING =
  /\b(?:according to|as per|as stated in|as described in)\s+(?:the\s+)?([\p{L}\p{N}_-]*[\d_-][\p{L}\p{N}_-]*)/iu

/** Any other question: find the files that speak of its subjects, read them, and quote what answers best. */
export const openIntent = defineIntent<{ readonly question: string }>({
  name: 'open',
  example: 'what is our password policy?',
  read: (question) => ({ question: question.text }),
  plan: (_, question) => answerOpenQuestion(question),
})

/** Answers by search and reading; also what other plans fall back to when a name they looked for does not exist. */
export function* answerOpenQuestion(question: Question): Plan {
  const place = yield* scopeOf(question)
  const terms = questionTerms(withoutScope(question, place))
  if (terms.length === 0) return 'I need at least one word to search for; try naming a file, a folder or a subject.'
  const hits = yield* countTerms(terms, place?.path ?? '.')
  if (hits === undefined) return yield* answerOpenQuestion({ ...question, masked: question.text, paths: [] })
  const files = rankFiles(hits).slice(0, FILES_READ)
  const sources = yield* readPassageSources(files, hits)
  return composeOpenAnswer({ question: question.text, hits, sources })
}

/** A file or folder the question names limits the search to it. */
function* scopeOf(question: Question): Plan<Place | undefined> {
  const placeholder = /‹p\d+›/.exec(question.masked)?.[0]
  const { scope } = splitScope(question.masked)
  const spoken = scope !== undefined && /\b(?:folder|directory)\b/i.test(scope) ? scope : undefined
  const named = ACCORDING.exec(question.masked)?.[1]
  const fragment = placeholder ?? spoken ?? named
  if (fragment === undefined) return undefined
  const target = readTarget(fragment, question)
  if (target.kind === 'root') return undefined
  const place = yield* resolveTarget(target, target.kind === 'path' || named !== undefined ? 'any' : 'directory')
  return place === undefined || !isClose(place, target.kind === 'path' ? target.path : target.phrase)
    ? undefined
    : place
}

/** A word of a question limits the search only when it is the name of the folder, not merely a part of it. */
function isClose(place: Place, named: string): boolean {
  const name = place.path.slice(place.path.lastIndexOf('/') + 1).toLowerCase()
  return (
    named.includes('/') ||
    name === named.toLowerCase() ||
    (name.startsWith(named.toLowerCase()) && /^[-_.\s]/.test(name.slice(named.length)))
  )
}

function withoutScope(question: Question, place: Place | undefined): string {
  if (place === undefined) return question.text
  const masked = question.masked.replaceAll(/‹p\d+›/g, ' ')
  const { rest, scope } = splitScope(masked)
  const isNamed = scope !== undefined && place.path.toLowerCase().endsWith(scope.trim().toLowerCase())
  const text = written(isNamed ? rest : masked, question)
  return questionTerms(text).length === 0 ? question.text : text
}

/** Gives where each term stands; undefined when the place to search in does not exist. */
function* countTerms(terms: readonly QuestionTerm[], path: string): Plan<readonly TermHits[] | undefined> {
  const named = terms.filter((term) => term.weight >= 0.5 || term.isName).slice(0, MOST_NAMES)
  const outcomes = yield [
    ...terms.map((term) => grep({ pattern: term.pattern, path, ignore_case: true, mode: 'count', limit: 0 })),
    ...named.map((term) => find({ path, name: `*${globWord(term)}*`, ignore_case: true, limit: 0 })),
  ]
  if (path !== '.' && outcomes.every((outcome) => !outcome.ok)) return undefined
  return terms.map((term, index) => {
    const names = named.indexOf(term)
    return {
      term,
      counts: countsOf(outcomes[index]),
      paths: names === -1 ? [] : pathsOf(outcomes[terms.length + names]),
    }
  })
}

function globWord(term: QuestionTerm): string {
  const [root = term.label] = /^[a-z]{5,}(?=(?:ies|es|s)$)/.exec(term.label) ?? []
  return root.replace(/[\\*?[\]{}!()]/g, String.raw`\$&`)
}
