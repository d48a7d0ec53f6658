import { stem } from '../text/stem.js'
import { baseName, nameStems, spokenName } from './path-tokens.js'

/** Words of a phrase that name no file by themselves: "the incident *file*", "the meeting *notes*". */
const GENERIC = new Set(
  'file files folder folders directory directories document documents doc docs page pages list script module note notes text source code table data package named called'.split(
    ' ',
  ),
)

/** Gives the paths that a phrase names, best first; none when no path carries all its words. */
export function rankCandidates(paths: readonly string[], words: readonly string[]): readonly string[] {
  const strict = matching(paths, words)
  if (strict.length > 0) return strict
  const specific = words.filter((word) => !GENERIC.has(word.toLowerCase()))
  return specific.length === 0 || specific.length === words.length ? [] : matching(paths, specific)
}

function matching(paths: readonly string[], words: readonly string[]): readonly string[] {
  return paths
    .map((path) => ({ path, score: scoreOf(path, words) }))
    .filter((candidate) => candidate.score > 0)
    .sort(
      (left, right) =>
        right.score - left.score || depth(left.path) - depth(right.path) || compare(left.path, right.path),
    )
    .map((candidate) => candidate.path)
}

function scoreOf(path: string, words: readonly string[]): number {
  const name = baseName(path)
  const inName = nameStems(name)
  const inPath = nameStems(path)
  const lowerName = name.toLowerCase()
  const lowerPath = path.toLowerCase()
  let named = 0
  for (const word of words) {
    const lower = word.toLowerCase()
    const stemmed = stem(lower)
    if (inName.has(stemmed) || isPartOf(lowerName, lower)) named += 1
    else if (!inPath.has(stemmed) && !isPartOf(lowerPath, lower)) return 0
  }
  if (named === 0) return 0
  const phrase = words.join(' ').toLowerCase()
  const exact = lowerName === phrase || spokenName(path) === phrase.replaceAll(/[-_.]/g, ' ') ? 100 : 0
  const sameStems = inName.size === words.length && named === words.length ? 40 : 0
  return exact + sameStems + named * 20 - Math.min(15, inName.size - named)
}

/** Compounds such as `adr-003` or dates stand in a name as they are; short words must be whole words. */
function isPartOf(name: string, word: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(word)) return false
  return (word.length > 3 && name.includes(word)) || (/[\d_.-]/.test(word) && name.includes(word))
}

function depth(path: string): number {
  return path.split('/').length
}

function compare(left: string, right: string): number {
  return left < right ? -1 : 1
}
