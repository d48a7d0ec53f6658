import { stemmer } from 'stemmer'

const cache = new Map<string, string>()
const CACHE_LIMIT = 20_000
/** `https`, `dns` or `css` are no plurals. */
const ABBREVIATION = /^[^aeiouy]+s$/

/** Gives the stem under which two forms of a word meet: lower case, composed, Porter's algorithm for Latin letters. */
export function stem(word: string): string {
  const known = cache.get(word)
  if (known !== undefined) return known
  const lower = word
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]s$/u, '')
  const result = /^[a-z]{3,}$/.test(lower) && !ABBREVIATION.test(lower) ? settle(stemmer(lower)) : lower
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(word, result)
  return result
}

/** Porter leaves "polici" and "policy"-like pairs apart when an ending was already removed: one spelling for both. */
function settle(stemmed: string): string {
  return stemmed.length > 2 && stemmed.endsWith('y') ? `${stemmed.slice(0, -1)}i` : stemmed
}

/** Gives a search pattern that finds the forms of a stem: what it begins with, then any ending. */
export function stemPattern(stemmed: string): string {
  const escaped = escapePattern(stemmed)
  if (!/^\p{L}+$/u.test(stemmed)) return escaped
  if (stemmed.length <= 3) {
    const short = escaped.endsWith('i') ? `${escaped.slice(0, -1)}[iy]` : escaped
    return String.raw`(?:\b|_)${short}(?:s|es|ed|d|ing|e|y)?(?:\b|_)`
  }
  const root = stemmed.length > 4 && stemmed.endsWith('i') ? escaped.slice(0, -1) : escaped
  return String.raw`(?:\b|_)${root}\w*`
}

/** Escapes a text so that a regular expression finds exactly it. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)
}
