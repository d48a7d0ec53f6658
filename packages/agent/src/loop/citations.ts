import type { CalledTool, Citation } from '../chat-result.js'

/**
 * Gives the places that an answer names as `path:line` or `path:first-last`, each once, in the order of the answer.
 *
 * Only paths that a tool gave in this turn count, so that neither times of day nor invented files become citations.
 */
export function citationsOf(text: string, calls: readonly CalledTool[]): Citation[] {
  const found: (Citation & { readonly index: number; readonly end: number })[] = []
  // Longer paths first: "notes/a.md" also ends where "a.md" does.
  for (const path of [...pathsOf(calls)].sort((left, right) => right.length - left.length)) {
    for (const place of placesOf(text, path)) {
      if (!found.some(({ index, end }) => place.index < end && place.end > index)) found.push(place)
    }
  }
  const ordered = found.sort((left, right) => left.index - right.index)
  return withoutRepetition(ordered.map(({ path, line, endLine }) => ({ path, line, endLine })))
}

function* placesOf(text: string, path: string): Generator<Citation & { readonly index: number; readonly end: number }> {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_./-])${escapeRegExp(path)}:(\\d+)(?:[-–](\\d+))?`, 'gu')
  for (const match of text.matchAll(pattern)) {
    const line = Number(match[1])
    if (line < 1) continue
    const endLine = Math.max(line, Number(match[2] ?? line))
    yield { path, line, endLine, index: match.index, end: match.index + match[0].length }
  }
}

function pathsOf(calls: readonly CalledTool[]): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { result } of calls) if (result.ok) collectPaths(result.data, paths)
  return paths
}

/** Tools name paths as `path`, or in lists called `paths` or `files`. */
function collectPaths(data: unknown, paths: Set<string>): void {
  if (Array.isArray(data)) {
    for (const item of data) collectPaths(item, paths)
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      if (key === 'path' && typeof value === 'string' && value !== '') paths.add(value)
      else if (key === 'paths' || key === 'files') addTexts(value, paths)
      if (typeof value === 'object') collectPaths(value, paths)
    }
  }
}

function addTexts(values: unknown, paths: Set<string>): void {
  if (!Array.isArray(values)) return
  for (const value of values) if (typeof value === 'string') paths.add(value)
}

function withoutRepetition(citations: readonly Citation[]): Citation[] {
  const keys = new Set<string>()
  return citations.filter(({ path, line, endLine }) => {
    const key = `${line}-${endLine}:${path}`
    return !keys.has(key) && Boolean(keys.add(key))
  })
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
