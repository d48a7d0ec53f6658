import { readQuestion, written } from './read-question.js'
import type { Question } from './read-question.js'
import { splitScope } from './target.js'

/** What a follow-up is completed from. */
export interface Earlier {
  readonly question: string
  readonly earlier: readonly string[]
  readonly answers: readonly string[]
}

const OPENING = /^(?:and|or|now|what about|how about|same (?:for|in|with)|also|ok(?:ay)?,?|then|but)\b[\s,]*/i
const PRONOUN = /\b(?:it|that file|this file|the file|that one|that document|this document|the same file|them)\b/i
const LONGEST_FRAGMENT = 60
const PREPOSITION = /^(?:in|under|inside|within|for|of|from)\s+/i

/** A question with what it leaves out; `isGuess` when a pronoun may stand for something else altogether. */
export interface CompletedQuestion {
  readonly text: string
  readonly isGuess: boolean
}

/** Completes "and the last 5 lines?", "in project-beta?" or "summarise it" from what was asked and cited before. */
export function completeFollowUp({ question, earlier, answers }: Earlier): CompletedQuestion {
  const previous = earlier.reduce((before, asked) => complete(asked, before, undefined).text, '')
  return complete(question, previous, answers.at(-1))
}

function complete(question: string, previous: string, answer: string | undefined): CompletedQuestion {
  const whole = { text: question, isGuess: false }
  if (previous === '') return whole
  const opened = OPENING.test(question.trim())
  const bare = question
    .trim()
    .replace(OPENING, '')
    .replace(/\bthen\?*$/i, '')
    .replace(/[?!.\s]+$/, '')
  const now = readQuestion(bare)
  const before = readQuestion(previous)
  const subject = citedPath(answer) ?? namedPath(before)
  if (subject !== undefined && now.paths.length === 0 && PRONOUN.test(bare))
    return { text: bare.replace(PRONOUN, `"${subject}"`), isGuess: true }
  if (bare.length > LONGEST_FRAGMENT) return whole
  if (now.range !== undefined && now.paths.length === 0 && subject !== undefined && isOnlyRange(now)) {
    const range = bare.replace(/^(?:show|print|read|give)\b(?:\s+me)?/i, '')
    return { text: `show ${range} of "${subject}"`, isGuess: false }
  }
  const place = PREPOSITION.test(bare) ? bare.replace(PREPOSITION, '') : opened && isPlace(now) ? bare : undefined
  return place === undefined ? whole : { text: elsewhere(before, place), isGuess: false }
}

/** The same question about another place: its own "in …" is replaced, or one is added. */
function elsewhere(before: Question, place: string): string {
  const last = before.paths.length - 1
  const path = before.paths[last]
  if (path !== undefined) {
    return written(before.masked.replace(`‹p${String(last)}›`, `"${place}"`), before).replaceAll(`"${place}"`, place)
  }
  const { rest, scope } = splitScope(before.masked)
  const base = written(scope === undefined ? before.masked : rest, before)
  return `${base} in ${place}`
}

/** A file that the last answer cited alone is what "it" means. */
function citedPath(answer: string | undefined): string | undefined {
  const cited = new Set(Array.from((answer ?? '').matchAll(/ — (.+):\d+(?:-\d+)?$/gm), (match) => match[1]))
  const [only] = cited
  return cited.size === 1 ? only : undefined
}

function namedPath(before: Question): string | undefined {
  return before.paths.length === 1 ? before.paths[0] : undefined
}

function isOnlyRange({ masked }: Question): boolean {
  return masked.replace(/\b(?:show|print|read|give|me|the|only|just|what|is|are|of|on)\b|[\s?.!]/gi, '') === ''
}

/** A path or a short name without a verb. */
function isPlace({ masked }: Question): boolean {
  return /^(?:the\s+)?(?:‹p\d+›|[\p{L}\p{N}_.-]+(?:\s+(?:folder|directory|file))?)$/u.test(masked)
}
