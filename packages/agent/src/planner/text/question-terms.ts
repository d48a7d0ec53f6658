import type { Term } from './bm25.js'
import { findDates } from './dates.js'
import { escapePattern, stem, stemPattern } from './stem.js'
import { LIGHT_WORDS, STOP_WORDS } from './stop-words.js'
import { relatedStems } from './synonyms.js'
import { tokenize, wordParts } from './tokenize.js'

/** A subject of a question: what ranks passages, and the pattern that finds its forms in files. */
export interface QuestionTerm extends Term {
  /** Regular expression for `grep`, to be used ignoring case. */
  readonly pattern: string
}

const SYNONYM_STRENGTH = 0.45
/** What a question names it is about. */
const NAME_WEIGHT = 1.4
const LIGHT_WEIGHT = 0.25
/** The noun after "which" or "how many" names the kind of answer; texts often leave it out. */
const KIND_WEIGHT = 0.4
const SUBJECT_WEIGHT = 0.5
const KIND_OF_ANSWER = /\b(?:which|what|what kind of|how many|how much)\s+([\p{L}-]+)(?=\s+\p{L})/giu
/** "How long" asks for a length: the adjective is a hint, though elsewhere it says nothing. */
const MEASURED =
  /\bhow\s+(long|often|large|big|high|far|old|fast|quickly|soon|deep|wide|heavy|expensive|frequently)\b/giu
const MEASURE_WEIGHT = 0.35
const MOST_TERMS = 8

/** Gives the terms of a question, most important first; dates come as one term with all their spellings. */
export function questionTerms(text: string): readonly QuestionTerm[] {
  const terms = new Map<string, QuestionTerm>()
  const dates = findDates(text)
  for (const date of dates) {
    terms.set(date.iso, dateTerm(date.iso, date.spellings))
  }
  const kinds = new Set(Array.from(text.matchAll(KIND_OF_ANSWER), (match) => (match[1] ?? '').toLowerCase()))
  const words = tokenize(text)
  const stopped = words.filter((word) => !isStopWord(word.text) || isLoud(word.text))
  for (const word of stopped) {
    if (dates.some((date) => word.start >= date.start && word.end <= date.end)) continue
    const isName = isNameLike(word.text, word.start === 0)
    const term = wordTerm(word.text, isName, isName ? NAME_WEIGHT : weightOf(word.text, kinds))
    if (term !== undefined && !terms.has(term.label)) terms.set(term.label, term)
  }
  for (const [, adjective = ''] of text.matchAll(MEASURED)) {
    const term = wordTerm(adjective, false, MEASURE_WEIGHT)
    if (term !== undefined) terms.set(term.label, term)
  }
  if (/\bwhy\b/i.test(text)) terms.set('why', { ...whyTerm(), pattern: String.raw`\bbecause\b` })
  const found = [...terms.values()]
  // "Which hooks exist?" is about hooks: without any other subject the kind of answer is the subject.
  const only = found.some((term) => term.weight >= SUBJECT_WEIGHT)
    ? []
    : found.filter((term) => term.weight === KIND_WEIGHT)
  const weighted = found.map((term) => (only.includes(term) ? { ...term, weight: 1 } : term))
  return weighted.sort((left, right) => right.weight - left.weight).slice(0, MOST_TERMS)
}

/** True for words that say nothing about the subject of a question. */
export function isStopWord(word: string): boolean {
  const lower = word.toLowerCase().replaceAll('’', "'")
  return (
    STOP_WORDS.has(lower) ||
    STOP_WORDS.has(lower.replace(/'s$/, '')) ||
    (lower.length < 2 && !/\p{N}|[^\p{ASCII}]/u.test(lower))
  )
}

function isLoud(word: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,}$/.test(word)
}

function isNameLike(word: string, isFirst: boolean): boolean {
  if (/\d/.test(word) && /\p{L}/u.test(word)) return true
  if (/_|\p{Ll}\p{Lu}/u.test(word) || isLoud(word)) return true
  return !isFirst && /^\p{Lu}\p{Ll}/u.test(word)
}

function weightOf(word: string, kinds: ReadonlySet<string>): number {
  const lower = word.toLowerCase()
  if (LIGHT_WORDS.has(lower)) return LIGHT_WEIGHT
  return kinds.has(lower) ? KIND_WEIGHT : 1
}

/** Reasons are given under headings such as "Context" and with words such as "because". */
function whyTerm(): Omit<QuestionTerm, 'pattern'> {
  return {
    label: 'why',
    stems: new Map(relatedStems('why').map((one) => [one, 1])),
    weight: LIGHT_WEIGHT,
    isName: false,
  }
}

function dateTerm(label: string, spellings: readonly string[]): QuestionTerm {
  return {
    label,
    stems: new Map([[label, 1]]),
    weight: 1,
    isName: false,
    pattern: spellings.map((one) => escapePattern(one)).join('|'),
  }
}

function wordTerm(word: string, isName: boolean, weight: number): QuestionTerm | undefined {
  const label = word.normalize('NFC').replace(/['’]s?$/u, '')
  const main = stem(label)
  if (main === '') return undefined
  const stems = new Map<string, number>()
  if (!isName) for (const related of relatedStems(label)) stems.set(related, SYNONYM_STRENGTH)
  for (const alternative of alternatives(label)) stems.set(alternative, 0.8)
  stems.set(main, 1)
  const pattern = [...stems.keys()].map((one) => stemPattern(one)).join('|')
  return { label: label.toLowerCase(), stems, weight, isName, pattern }
}

/** Other spellings of the same word: without "re-", compounds written apart or together. */
function alternatives(word: string): readonly string[] {
  const parts = wordParts(word)
  const joined = parts.length > 1 && /^[\p{L}'-]+$/u.test(word) ? [stem(parts.join(''))] : []
  const again = /^re-?\p{L}{3,}$/iu.test(word) && stem(word).length <= 5 ? [stem(word.replace(/^re-?/i, ''))] : []
  return [...joined, ...again]
}
