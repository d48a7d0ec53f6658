import { editDistance } from '../../text/closest.js'

const VERBS =
  'list show find search count compare summarise summarize summary print display read open locate which'.split(' ')
const THINGS = 'everything files folders directories documents contents'.split(' ')
const KINDS = 'python typescript javascript markdown'.split(' ')
const SHORTEST = 4

/** Where words of our own language stand, and which: the first word, what follows a verb, and the kind before "files". */
const PLACES: readonly (readonly [pattern: RegExp, words: readonly string[]])[] = [
  [/^[a-z]+/i, VERBS],
  [
    new RegExp(
      String.raw`(?<=^(?:${VERBS.join('|')}|how many)\s+(?:(?:all|me|the|of)\s+)*)(?!(?:all|me|the|of)\b)[a-z]+`,
      'i',
    ),
    THINGS,
  ],
  [/[a-z]+(?=\s+(?:files?|scripts?|modules?)\b)/gi, KINDS],
]

/**
 * Puts slips of the finger in the words of our own language right, such as "serach" and "evrything": a letter too many,
 * one too few, or two swapped. Everything else is a word of the person's own and stays.
 */
export function correctSpelling(text: string): string {
  return PLACES.reduce(
    (corrected, [pattern, words]) => corrected.replace(pattern, (word) => meant(word, words) ?? word),
    text,
  )
}

function meant(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  if (lower.length < SHORTEST || words.includes(lower)) return undefined
  return words.find((known) => isSlip(lower, known))
}

/** A plural is no slip, and neither is another letter: "pines" are not lines. */
function isSlip(word: string, known: string): boolean {
  if (editDistance(word, known) !== 1 || `${word}s` === known || word === `${known}s`) return false
  return word.length !== known.length || sortedLetters(word) === sortedLetters(known)
}

function sortedLetters(word: string): string {
  return word.split('').sort().join('')
}
