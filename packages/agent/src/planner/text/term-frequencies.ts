import { findDates } from './dates.js'
import { stem } from './stem.js'
import { tokenize, wordParts } from './tokenize.js'

/** Counts the stems of a text; a compound counts whole and as its parts, a date in its ISO spelling. */
export function termFrequencies(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { iso } of findDates(text)) {
    for (const one of new Set([iso, iso.slice(0, 7)])) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  for (const token of tokenize(text)) {
    const whole = stem(token.text)
    const parts = wordParts(token.text)
    const members = token.text.split(/[.@+]/).filter((member) => member !== '')
    const stems = new Set([whole, ...members.map(stem), ...parts.map(stem), ...pairs(parts)])
    for (const one of stems) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  return counts
}

/** `ADR-006-time-zones` also counts as `adr-006`. */
function pairs(parts: readonly string[]): readonly string[] {
  return parts.length < 3 ? [] : parts.slice(1).map((part, index) => `${parts[index] ?? ''}-${part}`.toLowerCase())
}
