/** A word of a text with where it stood. */
export interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A word keeps inner hyphens, dots, underscores, apostrophes and at signs: `ADR-003`, `first-aid`, `v2.7`, `a@b.org`. */
const WORD = /[\p{L}\p{N}\p{M}_]+(?:['’.@+-][\p{L}\p{N}\p{M}_]+)*/gu

/** Splits a text into words, compounds kept whole. */
export function tokenize(text: string): readonly Token[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** Gives the parts of a compound word or identifier: `parseTelegram2` is parse, telegram and 2; `first-aid` is first, aid. */
export function wordParts(word: string): readonly string[] {
  return word
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((part) => part !== '')
}
