/**
 * Gives the candidate that was probably meant: one that differs by few edits, or that the given word abbreviates.
 *
 * Edits are insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein distance), compared without
 * regard to case.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)
  const best = ranked[0]
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 4))) return best.candidate
  return candidates.find((candidate) => abbreviates(word.toLowerCase(), candidate.toLowerCase()))
}

/** Gives the number of edits that make one word of the other. */
export function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const edits = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(beforePrevious, column - 2) + 1 : Infinity,
      )
      current.push(edits)
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, right.length)
}

/** Whether one word becomes the other by so few edits at most; most words are told apart by their letters. */
export function isWithinEdits(left: string, right: string, edits: number): boolean {
  if (Math.abs(left.length - right.length) > edits || lacksLetters(left, right, edits)) return false
  return editDistance(left, right) <= edits
}

/** Whether the second word lacks more letters of the first than so many edits bring. */
function lacksLetters(left: string, right: string, edits: number): boolean {
  let rest = right
  let lacking = 0
  for (let index = 0; index < left.length; index += 1) {
    const position = rest.indexOf(left.charAt(index))
    if (position >= 0) rest = rest.slice(0, position) + rest.slice(position + 1)
    else if ((lacking += 1) > edits) return true
  }
  return false
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

function abbreviates(short: string, long: string): boolean {
  return short.length >= 4 && long.startsWith(short)
}
