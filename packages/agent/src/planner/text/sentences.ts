/** A sentence with where it stands in its text. */
export interface Sentence {
  readonly text: string
  readonly start: number
}

const BOUNDARY = /(?<=[.!?…。！？]["'”’)\]]*)\s+(?=["'“‘([]*[\p{Lu}\p{N}\p{Lo}`*])|(?<=[。！？])/gu
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|prof|st|no|fig|cf|approx|\p{Lu})\.$/iu

/** Splits a text into sentences; abbreviations, initials, versions and decimals do not end one. */
export function splitSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index
    if (ABBREVIATION.test(text.slice(start, end))) continue
    sentences.push({ text: text.slice(start, end), start })
    start = end + match[0].length
  }
  if (start < text.length) sentences.push({ text: text.slice(start), start })
  return sentences.filter((sentence) => sentence.text.trim() !== '')
}
