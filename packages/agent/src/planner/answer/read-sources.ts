import { cat, grep } from '../calls.js'
import { fileLinesOf, matchesOf } from '../decode-tool-result.js'
import type { FileLines } from '../decode-tool-result.js'
import type { Plan, ToolRequest } from '../plan.js'
import { chooseWindows } from './choose-windows.js'
import type { Hit, Window } from './choose-windows.js'
import type { TermHits } from './rank-files.js'

const LINES_READ = 1_200
const LONG_FILES = 4
const TERMS_PER_LONG_FILE = 4
const HITS_PER_TERM = 200
const MOST_HEADINGS = 600
const MOST_WINDOWS = 10
const HEADING = String.raw`^#{1,6}\s+\S`

/** Reads the files that may answer: whole when short, otherwise the sections in which most terms of the question meet. */
export function* readPassageSources(files: readonly string[], hits: readonly TermHits[]): Plan<readonly FileLines[]> {
  if (files.length === 0) return []
  const outcomes = yield files.map((path) => cat(path, { limit: LINES_READ }))
  const opened = outcomes.map(fileLinesOf).filter((file) => file !== undefined)
  const long = opened.filter((file) => file.lines.length < file.totalLines).slice(0, LONG_FILES)
  const windows = yield* findWindows(long, hits)
  if (windows.length === 0) return opened
  const parts = yield windows.map(({ path, start, end }) => cat(path, { start_line: start, end_line: end }))
  return [...opened, ...parts.map(fileLinesOf).filter((file) => file !== undefined)]
}

interface Search {
  readonly file: FileLines
  readonly request: ToolRequest
  /** Weight of the term that is searched for; 0 for headings. */
  readonly weight: number
}

function* findWindows(files: readonly FileLines[], hits: readonly TermHits[]): Plan<readonly Window[]> {
  const searches = files.flatMap((file) => searchesIn(file, hits))
  if (searches.length === 0) return []
  const outcomes = yield searches.map((search) => search.request)
  const windows = files.flatMap((file) => {
    const found: Hit[] = []
    const headings: number[] = []
    searches.forEach((search, index) => {
      if (search.file !== file) return
      for (const { line } of matchesOf(outcomes[index])) {
        if (search.weight === 0) headings.push(line)
        else found.push({ line, term: index, weight: search.weight })
      }
    })
    return chooseWindows(file, found, headings)
  })
  return windows.toSorted((left, right) => right.weight - left.weight).slice(0, MOST_WINDOWS)
}

/** The rarest terms that a long file holds, each on its own, and the headings that say where sections begin. */
function searchesIn(file: FileLines, hits: readonly TermHits[]): readonly Search[] {
  const { path } = file
  const rare = hits
    .map(({ term, counts }) => ({ term, count: counts.find((one) => one.path === path)?.count ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => left.count - right.count)
    .slice(0, TERMS_PER_LONG_FILE)
  if (rare.length === 0) return []
  const searches = rare.map(({ term, count }) => ({
    file,
    request: grep({ pattern: term.pattern, path, ignore_case: true, limit: HITS_PER_TERM }),
    weight: term.weight / Math.log(2 + count),
  }))
  const headings = grep({ pattern: HEADING, path, limit: MOST_HEADINGS })
  return /\.(?:md|markdown|mdx)$/i.test(path) ? [...searches, { file, request: headings, weight: 0 }] : searches
}
