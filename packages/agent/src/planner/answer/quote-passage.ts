import type { Term } from '../text/bm25.js'
import type { NumberedLine } from '../text/passages.js'
import { splitSentences } from '../text/sentences.js'
import { termFrequencies } from '../text/term-frequencies.js'
import { quote } from './cite.js'
import { isCode } from './code-outline.js'
import { isPointer } from './pointer.js'
import type { RankedPassage } from './rank-passages.js'

const LONGEST_PROSE = 8
const LONGEST_CODE = 5
const LONGEST_LINE = 320

/** Quotes a passage line by line: whole when short, otherwise the lines around the one that answers best. */
export function quotePassage(passage: RankedPassage, terms: readonly Term[]): readonly string[] {
  const longest = isCode(passage.path) ? LONGEST_CODE : LONGEST_PROSE
  const telling = passage.lines.filter((line) => /[\p{L}\p{N}]/u.test(line.text) && !isPointer(line.text))
  const lines = telling.length <= longest ? telling : bestWindow(telling, terms, longest)
  return lines.map((line) => quote(passage.path, line.number, bestOf(line.text, terms)))
}

function bestWindow(lines: readonly NumberedLine[], terms: readonly Term[], longest: number): readonly NumberedLine[] {
  const weights = lines.map((line) => relevance(line.text, terms))
  const best = weights.indexOf(Math.max(...weights))
  const start = Math.max(0, Math.min(best - 2, lines.length - longest))
  return lines.slice(start, start + longest)
}

/** A line as long as a paragraph is quoted by the sentence that answers best and the one after it. */
function bestOf(text: string, terms: readonly Term[]): string {
  if (text.length <= LONGEST_LINE) return text
  const sentences = splitSentences(text)
  const weights = sentences.map((sentence) => relevance(sentence.text, terms))
  const best = weights.indexOf(Math.max(...weights))
  const first = sentences[best]
  const next = sentences[best + 1]
  if (first === undefined) return text
  const end = next === undefined ? first.start + first.text.length : next.start + next.text.length
  return end - first.start <= LONGEST_LINE ? text.slice(first.start, end) : first.text
}

function relevance(text: string, terms: readonly Term[]): number {
  const frequencies = termFrequencies(text)
  return terms.reduce((sum, term) => {
    const strength = Math.max(0, ...[...term.stems].map(([stemmed, value]) => (frequencies.has(stemmed) ? value : 0)))
    return sum + strength * term.weight
  }, 0)
}
