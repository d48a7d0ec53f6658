import type { FileLines } from '../decode-tool-result.js'
import { scoreTexts } from '../text/bm25.js'
import type { RankedText, Term } from '../text/bm25.js'
import { expandTerms } from '../text/expand-terms.js'
import { splitPassages } from '../text/passages.js'
import type { NumberedLine, Passage } from '../text/passages.js'
import { stem } from '../text/stem.js'
import { termFrequencies } from '../text/term-frequencies.js'
import { isStopWord } from '../text/question-terms.js'
import { tokenize, wordParts } from '../text/tokenize.js'
import { kindFactor } from './file-kinds.js'
import { isPointer } from './pointer.js'

/** A passage with how well it answers the terms of a question. */
export interface RankedPassage extends Passage {
  readonly score: number
  /** Share of the question that the passage, its headings and its file's name cover, 0 to 1. */
  readonly coverage: number
  /** The passages right before and after it in the same section; all of the section when the question is its heading. */
  readonly neighbours: readonly Passage[]
}

/** What kind of answer the first words of a question ask for. */
export type AnswerKind = 'time' | 'when' | 'who' | 'number' | 'why' | 'definition' | 'other'

const CONTEXT_WEIGHT = 0.55
const PATH_WEIGHT = 0.4
/** Passages before and after the best one that are looked through for the rest of its section. */
const LONGEST_SECTION = 12
/** A passage that holds no term itself, only its headings or file name do. */
const BORROWED_FACTOR = 0.7
/** A section whose heading consists of words of the question is about them. */
const HEADED_FACTOR = 2
/** A path or a piece of code that a sentence mentions is not what the sentence defines. */
const CODE_SPAN = /`[^`]*`/g
const NAMELESS_FACTOR = 0.35

/** Patterns that answers of a kind usually hold. */
const SIGNS: Readonly<Record<AnswerKind, RegExp | undefined>> = {
  time: /\b\d{1,2}:\d{2}\b|\b\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.)|o['’]clock|\b(?:noon|midnight)\b/i,
  when: /\b\d{4}-\d{2}|\d{1,2}:\d{2}|\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|days?|weeks?|months?|years?|hours?|minutes?|daily|weekly|monthly|yearly)\b/i,
  who: /\b\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|@|\b(?:owner|lead|author|maintainer|everybody|engineer|officer|manager)\b/iu,
  number: /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|every|none|no limit)\b/i,
  why: /\b(?:because|since|so that|reason|due to|therefore|in order to)\b/i,
  definition: undefined,
  other: undefined,
}

/** Splits files into passages and ranks them for the terms of a question, best first. */
export function rankPassages(
  files: readonly FileLines[],
  asked: readonly Term[],
  kind: AnswerKind,
): readonly RankedPassage[] {
  const passages = files.flatMap((file) => splitPassages(file.path, numbered(file)))
  const texts = passages.map(rankedText)
  const terms = expandTerms(asked, vocabularyOf(texts))
  const scores = scoreTexts(texts, terms)
  const ranked = passages.map((passage, index): RankedPassage => {
    const { score, coverage } = scores[index] ?? { score: 0, coverage: 0 }
    const own = texts[index]?.fields[0]?.frequencies ?? new Map<string, number>()
    const holdsTerm = terms.some((term) => holds(own, term))
    const isHeaded = isHeadedBy(passage, terms)
    const factors = [
      0.3 + coverage,
      signFactor(passage, kind),
      shapeFactor(passage, terms, kind),
      kindFactor(passage.path),
      isHeaded ? HEADED_FACTOR : 1,
      holdsTerm ? 1 : BORROWED_FACTOR,
      namesSubject(texts[index], terms) ? 1 : NAMELESS_FACTOR,
      saysMore(passage, terms) ? 1 : 0.3,
      neighbourhood(passage, terms),
    ]
    const neighbours = isHeaded
      ? sectionOf(passages, index)
      : neighboursOf(passages, index).filter((other) => speaksOf(other, terms))
    return { ...passage, score: factors.reduce((product, factor) => product * factor, score), coverage, neighbours }
  })
  return ranked
    .filter((passage) => passage.score > 0)
    .sort((left, right) => right.score - left.score || left.path.localeCompare(right.path))
}

function holds(frequencies: ReadonlyMap<string, number>, term: Term): boolean {
  return [...term.stems.keys()].some((stemmed) => frequencies.has(stemmed))
}

/** A question about a name is not answered by what speaks of its other words alone. */
function namesSubject(text: RankedText | undefined, terms: readonly Term[]): boolean {
  const names = terms.filter((term) => term.isName)
  return (
    names.length === 0 || names.some((term) => text?.fields.some((field) => holds(field.frequencies, term)) === true)
  )
}

function speaksOf(passage: Passage, terms: readonly Term[]): boolean {
  const frequencies = termFrequencies(passage.lines.map((line) => line.text).join('\n'))
  return terms.some((term) => term.weight >= 0.5 && holds(frequencies, term))
}

/** Passages below the same heading belong together; rows of a table do not. */
function neighboursOf(passages: readonly Passage[], index: number): readonly Passage[] {
  const passage = passages[index]
  if (passage === undefined || passage.context.at(-1) !== headingOf(passage)) return []
  const around = [passages[index - 1], passages[index + 1]].filter((other) => other !== undefined)
  return around.filter((other) => isSameSection(other, passage) && other.context.at(-1) === headingOf(other))
}

function sectionOf(passages: readonly Passage[], index: number): readonly Passage[] {
  const passage = passages[index]
  if (passage === undefined) return []
  return passages
    .slice(Math.max(0, index - LONGEST_SECTION), index + LONGEST_SECTION)
    .filter((other) => other !== passage && isSameSection(other, passage))
}

function isSameSection(left: Passage, right: Passage): boolean {
  if (isHeading(left)) return false
  return left.path === right.path && headingOf(left) !== undefined && headingOf(left) === headingOf(right)
}

function isHeading({ lines }: Passage): boolean {
  return lines.length === 1 && /^\s*#{1,6}\s/.test(lines[0]?.text ?? '')
}

function headingOf(passage: Passage): NumberedLine | undefined {
  return passage.context.findLast((line) => /^\s*#{1,6}\s/.test(line.text))
}

/** Gives the lines of a tool result with their numbers. */
export function numbered(file: FileLines): readonly NumberedLine[] {
  return file.lines.map((text, index) => ({ number: file.start + index, text }))
}

function vocabularyOf(texts: readonly RankedText[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.fields.flatMap((field) => [...field.frequencies.keys()])))
}

function rankedText(passage: Passage): RankedText {
  const body = passage.lines.map((line) => line.text).join('\n')
  const context = passage.context.map((line) => line.text).join('\n')
  const frequencies = termFrequencies(body)
  return {
    fields: [
      { frequencies, weight: 1 },
      { frequencies: termFrequencies(context), weight: CONTEXT_WEIGHT },
      { frequencies: termFrequencies(passage.path), weight: PATH_WEIGHT },
    ],
    length: frequencies.size,
  }
}

function signFactor(passage: Passage, kind: AnswerKind): number {
  const sign = SIGNS[kind]
  if (sign === undefined) return 1
  return passage.lines.some((line) => sign.test(line.text)) ? 1.3 : 1
}

/** Headings announce and do not answer; a definition begins with what it defines. */
function shapeFactor(passage: Passage, terms: readonly Term[], kind: AnswerKind): number {
  const [first] = passage.lines
  if (first === undefined) return 0
  if (passage.lines.every((line) => isPointer(line.text))) return 0.05
  if (isHeading(passage)) return 0.3
  if (kind !== 'definition') return 1
  const opening = new Set(
    tokenize(first.text.replaceAll(CODE_SPAN, ' '))
      .slice(0, 5)
      .map((token) => stem(token.text)),
  )
  const opens = terms.some((term) =>
    [...term.stems].some(([stemmed, strength]) => strength === 1 && opening.has(stemmed)),
  )
  return opens ? 1.6 : 1
}

/** A passage that only repeats the words of the question, such as a bare list entry, says nothing about them. */
function saysMore(passage: Passage, terms: readonly Term[]): boolean {
  const asked = new Set(terms.flatMap((term) => [...term.stems.keys()]))
  const tokens = passage.lines.flatMap((line) => tokenize(line.text))
  return tokens.filter((token) => !asked.has(stem(token.text))).length >= 2
}

/** True when the nearest heading consists of words of the question and nothing else: the section is about them. */
function isHeadedBy(passage: Passage, terms: readonly Term[]): boolean {
  const heading = passage.context.findLast((line) => /^#{2,6}\s/.test(line.text))
  const words = tokenize(heading?.text ?? '').filter((token) => !isStopWord(token.text))
  const asked = new Set(
    terms.flatMap((term) => [...term.stems].filter(([, strength]) => strength === 1).map(([one]) => one)),
  )
  const isAsked = (word: string): boolean =>
    asked.has(stem(word)) || wordParts(word).every((part) => asked.has(stem(part)))
  return words.length > 0 && words.every((token) => isAsked(token.text))
}

/** Terms of the question that stand next to one another in the passage are worth more than scattered ones. */
function neighbourhood(passage: Passage, terms: readonly Term[]): number {
  const owner = new Map<string, number>()
  terms.forEach((term, index) => {
    for (const stemmed of term.stems.keys()) owner.set(stemmed, index)
  })
  const text = passage.lines.map((line) => line.text).join(' ')
  const sequence = tokenize(text).map((token) => owner.get(stem(token.text)))
  let pairs = 0
  sequence.forEach((term, index) => {
    if (term === undefined) return
    const near = [sequence[index + 1], sequence[index + 2]]
    if (near.some((other) => other !== undefined && other !== term)) pairs += 1
  })
  return 1 + Math.min(0.5, pairs * 0.15)
}
