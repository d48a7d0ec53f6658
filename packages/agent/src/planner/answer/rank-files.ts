import { rarity } from '../text/bm25.js'
import type { QuestionTerm } from '../text/question-terms.js'
import { kindFactor } from './file-kinds.js'

/** Where one term of a question was found: lines per file, and files and folders whose name carries it. */
export interface TermHits {
  readonly term: QuestionTerm
  readonly counts: readonly { readonly path: string; readonly count: number }[]
  readonly paths: readonly string[]
}

const NAME_BONUS = 1.2

/** Gives the files most likely to answer, best first: those that hold many and rare terms, also in their name. */
export function rankFiles(hits: readonly TermHits[]): readonly string[] {
  const files = new Set(
    hits.flatMap(({ counts, paths }) => [...counts.map((count) => count.path), ...paths.filter(looksLikeFile)]),
  )
  const scores = new Map<string, { score: number; terms: number }>()
  const raise = (path: string, amount: number, terms: number): void => {
    const old = scores.get(path) ?? { score: 0, terms: 0 }
    scores.set(path, { score: old.score + amount, terms: old.terms + terms })
  }
  for (const { term, counts, paths } of hits) {
    const weight = term.weight * rarity(counts.length, Math.max(files.size, 10))
    for (const { path, count } of counts) raise(path, weight * saturated(count), term.weight)
    const names = new Set(paths)
    for (const path of files) if (carriesName(path, names)) raise(path, weight * NAME_BONUS, term.weight)
  }
  return [...scores]
    .map(([path, { score, terms }]) => ({ path, score: score * (0.5 + terms) * kindFactor(path) }))
    .sort((left, right) => right.score - left.score || (left.path < right.path ? -1 : 1))
    .map(({ path }) => path)
}

/** `find` gives folders as well; what has no extension is only read when a search found text in it. */
function looksLikeFile(path: string): boolean {
  return /[^/]\.\w{1,8}$/.test(path)
}

/** A file carries the names of the folders it lies in. */
function carriesName(path: string, names: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (names.has(path.slice(0, end))) return true
  return false
}

function saturated(count: number): number {
  return (count * 2.2) / (count + 1.2)
}
