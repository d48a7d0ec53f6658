import { find } from '../calls.js'
import { pathsOf } from '../decode-tool-result.js'
import type { Plan, ToolRequest } from '../plan.js'
import { findDates } from '../text/dates.js'
import { isStopWord } from '../text/question-terms.js'
import { tokenize } from '../text/tokenize.js'
import { rankCandidates } from './rank-candidates.js'

/** A phrase to be found among the names below the root. */
export interface NamePhrase {
  readonly phrase: string
  readonly type: 'file' | 'directory'
}

const MOST_WORDS = 4
const MOST_CALLS = 24

/** Finds what each phrase names, in one step; gives the candidates of each, best first. */
export function* resolveNames(phrases: readonly NamePhrase[]): Plan<readonly (readonly string[])[]> {
  const wanted = phrases.map(({ phrase, type }) => ({ words: nameWords(phrase), type }))
  const requests = new Map<string, ToolRequest>()
  for (const { words, type } of wanted) {
    for (const word of words) {
      if (requests.size < MOST_CALLS) requests.set(`${type} ${word}`, findByWord(word, type))
    }
  }
  if (requests.size === 0) return phrases.map(() => [])
  const outcomes = yield [...requests.values()]
  const keys = [...requests.keys()]
  return wanted.map(({ words, type }) => {
    const paths = new Set(words.flatMap((word) => pathsOf(outcomes[keys.indexOf(`${type} ${word}`)])))
    return words.length === 0 ? [] : rankCandidates([...paths], words)
  })
}

/** Gives the words of a phrase that may stand in a name; a date counts as one word in its ISO spelling. */
export function nameWords(phrase: string): readonly string[] {
  const dates = findDates(phrase)
  const words = tokenize(phrase)
    .filter((token) => dates.every((date) => token.start < date.start || token.end > date.end))
    .map((token) =>
      phrase.charAt(token.start - 1) === '.' && token.start === 1
        ? `.${token.text}`
        : token.text.replace(/['’]s$/u, ''),
    )
    .filter((word) => !isStopWord(word))
  return [...dates.flatMap((date) => date.spellings.slice(0, 1)), ...words].slice(0, MOST_WORDS)
}

function findByWord(word: string, type: 'file' | 'directory'): ToolRequest {
  const root = /^[a-z]{3,}s$/i.test(word) ? singular(word) : word
  return find({ name: `*${escapeGlob(root)}*`, type, ignore_case: true, limit: 0 })
}

/** The longest beginning that the singular and the plural of a word share. */
function singular(word: string): string {
  return word.replace(/(?:ies|es|s)$/i, '')
}

/** Gives a text as a glob that matches nothing else. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]{}!()]/g, String.raw`\$&`)
}
