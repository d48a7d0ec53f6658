import type { FileLines } from '../decode-tool-result.js'
import { nameStems, spokenName } from '../resolve/path-tokens.js'
import type { QuestionTerm } from '../text/question-terms.js'
import { answerKind } from '../question/answer-kind.js'
import { quotePassage } from './quote-passage.js'
import { counted } from './cite.js'
import { holdsRecords } from './file-kinds.js'
import type { TermHits } from './rank-files.js'
import { rankPassages } from './rank-passages.js'
import type { AnswerKind, RankedPassage } from './rank-passages.js'
import { outline } from './summary.js'

/** Below this share of a question's weight a passage speaks of something else. */
const LEAST_COVERAGE = 0.42
/** Passages that score this much less than the best are left out. */
const LEAST_SHARE = 0.45
const LEAST_SHARE_OF_COVERAGE = 0.75
const MOST_PASSAGES = 5
const MOST_LINES = 8
/** Lines of the best passage with its neighbours. */
const MOST_AROUND = 6
const SUBJECT_SECTIONS = 8
const SUBJECT_LINES = 8

export interface OpenAnswerInput {
  readonly question: string
  readonly hits: readonly TermHits[]
  readonly sources: readonly FileLines[]
}

/** Quotes the passages that answer a question, or says plainly that nothing does and what was searched for. */
export function composeOpenAnswer({ question, hits, sources }: OpenAnswerInput): string {
  const terms = hits.map((hit) => hit.term)
  const missingName = hits.some((hit) => hit.term.isName && hit.counts.length === 0 && hit.paths.length === 0)
  const ranked = missingName ? [] : rankPassages(sources, terms, answerKind(question))
  const [best] = ranked
  const coverage = Math.max(0, ...ranked.slice(0, 3).map((passage) => passage.coverage))
  if (best === undefined || coverage < LEAST_COVERAGE) return nothingFound(hits)
  const chosen = ranked
    .filter(
      (passage) => passage.score >= best.score * LEAST_SHARE && passage.coverage >= coverage * LEAST_SHARE_OF_COVERAGE,
    )
    .slice(0, MOST_PASSAGES)
  const subject = subjectFile(sources, { terms, kind: answerKind(question) })
  return quoteAll(chosen, { terms, subject })
}

/** Says which terms were looked for and in how many files each stands; never a guess. */
function nothingFound(hits: readonly TermHits[]): string {
  const found = hits.map(({ term, counts }) => `"${term.label}" (${counted(counts.length, 'file')})`)
  return [
    'I found nothing that answers this.',
    `I searched file contents and names, ignoring case and word endings, for ${found.join(', ')}.`,
  ].join(' ')
}

interface Answered {
  readonly terms: readonly QuestionTerm[]
  readonly subject: FileLines | undefined
}

function quoteAll(passages: readonly RankedPassage[], { terms, subject }: Answered): string {
  const lines = subject === undefined ? [] : outline(subject, SUBJECT_SECTIONS, 'texts').slice(0, SUBJECT_LINES)
  const seen = new Set(lines)
  for (const [index, passage] of passages.entries()) {
    const around = index === 0 && subject === undefined ? withNeighbours(passage) : passage
    const quoted = quotePassage(around, terms).filter((line) => !seen.has(line))
    if (lines.length > 0 && lines.length + quoted.length > MOST_LINES) break
    for (const line of quoted) seen.add(line)
    lines.push(...quoted)
  }
  return `This is what I found:\n${lines.join('\n')}`
}

/** What stands right before and after the best passage belongs to the answer while it is short; the best comes first. */
function withNeighbours(passage: RankedPassage): RankedPassage {
  const lines = [...passage.lines]
  for (const neighbour of passage.neighbours) {
    if (lines.length + neighbour.lines.length <= MOST_AROUND) lines.push(...neighbour.lines)
  }
  return { ...passage, lines }
}

/** A file whose name says nothing but what the question asks about is its subject: its outline is the answer. */
function subjectFile(
  sources: readonly FileLines[],
  { terms, kind }: { readonly terms: readonly QuestionTerm[]; readonly kind: AnswerKind },
): FileLines | undefined {
  if (kind !== 'definition' && kind !== 'other') return undefined
  const heavy = terms.filter((term) => term.weight >= 0.5)
  const asked = new Set(
    terms.flatMap((term) => [...term.stems].filter(([, strength]) => strength === 1).map(([one]) => one)),
  )
  return sources.find(({ path, start, lines }) => {
    const name = nameStems(spokenName(path))
    const named = heavy.filter((term) => [...term.stems].some(([one, strength]) => strength === 1 && name.has(one)))
    return (
      start === 1 &&
      !holdsRecords(path) &&
      lines.length > 0 &&
      [...name].every((one) => asked.has(one)) &&
      named.length * 2 >= heavy.length &&
      named.length > 0
    )
  })
}
