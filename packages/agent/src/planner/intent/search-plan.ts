import { grep } from '../calls.js'
import { counted, matchLine } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { matchesOf } from '../decode-tool-result.js'
import type { Match, ToolOutcome } from '../decode-tool-result.js'
import type { Plan, ToolRequest } from '../plan.js'
import { describeNeedle } from '../question/needle.js'
import type { Needle } from '../question/needle.js'
import type { Question } from '../question/read-question.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import type { Place } from '../resolve/resolve-targets.js'
import { questionTerms } from '../text/question-terms.js'
import { stem, stemPattern } from '../text/stem.js'
import { termFrequencies } from '../text/term-frequencies.js'
import { tokenize } from '../text/tokenize.js'
import { answerOpenQuestion } from './open.js'

/** What to search for, where, in which kinds of files, and which other words its lines should hold. */
export interface SearchArguments {
  readonly needle: Needle
  /** The needle when the scope turns out to be no folder: "search for lost in translation". */
  readonly wholeNeedle: Needle | undefined
  readonly scope: Target | undefined
  readonly extensions: readonly string[]
  /** Words of the question besides the needle, such as a name: lines that hold them come alone when there are any. */
  readonly besides: string
}

const MOST_MATCHES = 2_000
const MOST_SHOWN = 100
const MOST_PER_FILE = 25

/** Searches, and widens step by step while nothing is found: ignoring case, then word endings. */
export function* searchFiles(values: SearchArguments, question: Question): Plan {
  const { scope, besides, wholeNeedle } = values
  const isPlaced = scope !== undefined && scope.kind !== 'root'
  const place = isPlaced ? yield* resolveTarget(scope, 'any') : undefined
  const isLost = isPlaced && place === undefined
  const needle = isLost ? (wholeNeedle ?? values.needle) : values.needle
  const lost = isLost && wholeNeedle === undefined ? lostScope(scope) : ''
  const where = searchedIn(place, values)
  const [first, ...wider] = attempts(needle)
  // Most searches succeed as written; the wider ones are made together, in one step, when it did not.
  for (const step of [[first], wider]) {
    const outcomes = step.length === 0 ? [] : yield step.map((attempt) => request(attempt, where))
    for (const [index, attempt] of step.entries()) {
      const outcome = outcomes[index]
      if (outcome?.ok !== true) return describeFailure(outcome, place?.path ?? describeNeedle(attempt))
      const matches = narrowed(matchesOf(outcome), besides)
      if (matches.length === 0) continue
      return `${lost}${describeMatches(matches, { outcome, needle: attempt, wanted: needle, path: where.path })}`
    }
  }
  if (!needle.isPattern && tokenize(needle.text).length > 2) return yield* answerOpenQuestion(question)
  return `${lost}Nothing found${describePlace(where)}: no line matches ${describeAttempts(needle)}.`
}

interface Where {
  readonly path: string
  readonly glob?: readonly string[]
}

function searchedIn(place: Place | undefined, { extensions }: SearchArguments): Where {
  const path = place?.path ?? '.'
  return extensions.length === 0 ? { path } : { path, glob: extensions.map((extension) => `*.${extension}`) }
}

function describePlace({ path, glob }: Where): string {
  const kinds = glob === undefined ? '' : ` (only ${glob.join(', ')} files)`
  return `${path === '.' ? '' : ` in ${path}`}${kinds}`
}

function lostScope(scope: Target | undefined): string {
  return scope?.kind === 'phrase' ? `No file or folder is named "${scope.phrase}", so I searched everywhere.\n` : ''
}

interface Attempt extends Needle {
  readonly how: string
}

/** What is seldom in a text and common in a regular expression. */
const REGEX_SIGNS = /\\[dwsbDWSB]|\.[*+]|\[[^\]]+\][*+{]|\([^)]*\|[^)]*\)/

/** The text as written first, then any case, then any ending of its words. */
function attempts(needle: Needle): readonly [Attempt, ...Attempt[]] {
  const exact = { ...needle, how: 'as written' }
  const anyCase = needle.ignoreCase ? [] : [{ ...needle, ignoreCase: true, how: 'ignoring case' }]
  if (!needle.isPattern && REGEX_SIGNS.test(needle.text)) {
    return [exact, ...anyCase, { ...needle, isPattern: true, how: 'as a regular expression' }]
  }
  if (needle.isPattern || !/^[\p{L}\p{N}\s'’-]+$/u.test(needle.text)) return [exact, ...anyCase]
  const words = tokenize(needle.text).map((token) => stemPattern(stem(token.text)))
  const stems = {
    text: words.join(String.raw`\W+`),
    isPattern: true,
    ignoreCase: true,
    how: 'ignoring case and word endings',
  }
  if (words.length < 2 || words.length > 3) return [exact, ...anyCase, stems]
  const anyOrder = { ...stems, text: orders(words).join('|'), how: 'all words on one line' }
  return [exact, ...anyCase, stems, anyOrder]
}

/** The linear engine has no look-ahead, so that "all of these" is every order of them. */
function orders(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words
  return words.flatMap((word, index) => orders(words.toSpliced(index, 1)).map((rest) => `${word}.*${rest}`))
}

function request(needle: Needle, where: Where): ToolRequest {
  return grep({
    pattern: needle.text,
    ...where,
    fixed: !needle.isPattern,
    ignore_case: needle.ignoreCase,
    limit: MOST_MATCHES,
  })
}

/** Further words of the question, such as the name in "TODOs assigned to Dario", pick among the lines. */
function narrowed(matches: readonly Match[], besides: string): readonly Match[] {
  const terms = questionTerms(besides).filter((term) => term.weight >= 0.5)
  if (terms.length === 0) return matches
  const picked = matches.filter((match) => {
    const frequencies = termFrequencies(`${match.path} ${match.text}`)
    return terms.some((term) => [...term.stems.keys()].some((stemmed) => frequencies.has(stemmed)))
  })
  return picked.length > 0 ? picked : matches
}

interface Context {
  readonly outcome: ToolOutcome
  readonly needle: Attempt
  readonly wanted: Needle
  readonly path: string
}

function describeMatches(matches: readonly Match[], { outcome, needle, wanted, path }: Context): string {
  const files = counted(new Set(matches.map((match) => match.path)).size, 'file')
  // A page of a longer result knows the number of all matches, but not the number of all files.
  const isPage = outcome.truncated && outcome.total > matches.length && matches.length === matchesOf(outcome).length
  const total = isPage
    ? `${counted(outcome.total, 'matching line')}, the first ${String(matches.length)} of them in ${files}`
    : `${counted(matches.length, 'matching line')} in ${files}`
  const where = path === '.' ? '' : ` in ${path}`
  const widened =
    needle.how === 'as written' ? '' : ` (nothing matches ${describeNeedle(wanted)} exactly, so this is ${needle.how})`
  const title = `Found ${total}${where} for ${describeNeedle(wanted)}${widened}:`
  const shown = fairShare(matches)
  const rest = matches.length - shown.length
  const more = rest > 0 ? [`(${String(shown.length)} of ${String(matches.length)} shown)`] : []
  return [title, ...shown.map((match) => matchLine(match.path, match.line, match.text)), ...more].join('\n')
}

/** No file may crowd out the others: at most 25 lines each when there are many, and at least one of every file. */
function fairShare(matches: readonly Match[]): readonly Match[] {
  if (matches.length <= MOST_SHOWN) return matches
  const files = new Set(matches.map((match) => match.path)).size
  const share = Math.max(1, Math.min(MOST_PER_FILE, Math.floor(MOST_SHOWN / files)))
  const taken = new Map<string, number>()
  return matches
    .filter((match) => {
      const count = (taken.get(match.path) ?? 0) + 1
      taken.set(match.path, count)
      return count <= share
    })
    .slice(0, MOST_SHOWN * 2)
}

function describeAttempts(needle: Needle): string {
  const tried = attempts(needle).map((attempt) => attempt.how)
  return `${describeNeedle({ ...needle, ignoreCase: false })} (searched ${tried.join(', then ')})`
}
