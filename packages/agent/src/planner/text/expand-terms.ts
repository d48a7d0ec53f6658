import type { Term } from './bm25.js'

const LEAST_SHARED = 5
const MOST_DIFFERENT = 8
const STRENGTH = 0.5

/** Adds the words of the texts that continue or begin a term: `admin` and `administrator`, `nightly` and `night`. */
export function expandTerms<Kind extends Term>(
  terms: readonly Kind[],
  vocabulary: ReadonlySet<string>,
): readonly Kind[] {
  return terms.map((term) => {
    const stems = new Map(term.stems)
    for (const [main, strength] of term.stems) {
      if (strength < 1 || main.length < LEAST_SHARED || !/^\p{L}+$/u.test(main)) continue
      for (const word of vocabulary) if (!stems.has(word) && isRelative(main, word)) stems.set(word, STRENGTH)
    }
    return { ...term, stems }
  })
}

function isRelative(stemmed: string, word: string): boolean {
  const [short, long] = stemmed.length <= word.length ? [stemmed, word] : [word, stemmed]
  return short.length >= LEAST_SHARED && long.length - short.length <= MOST_DIFFERENT && long.startsWith(short)
}
