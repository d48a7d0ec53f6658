/** Code points from the first to the last, both included. */
export type CodeRange = readonly [first: number, last: number]

/** What a set of characters may also contain: a POSIX class such as `[:alpha:]`. */
export type CharacterClass = (character: string) => boolean

/** One part of a glob between two separators. */
export type GlobToken =
  | { readonly kind: 'literal'; readonly unit: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | {
      readonly kind: 'set'
      readonly negated: boolean
      readonly ranges: readonly CodeRange[]
      readonly classes: readonly CharacterClass[]
    }

/** The tokens of a text without wildcards, one for each UTF-16 unit. */
export function literalTokens(text: string): GlobToken[] {
  return text.split('').map((unit) => ({ kind: 'literal', unit }))
}

/** A glob that cannot be read; the message says why. */
export class GlobSyntaxError extends Error {
  override readonly name = 'GlobSyntaxError'
}
