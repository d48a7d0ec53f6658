/** What is searched for: one subject with the stems that stand for it and how much each counts. */
export interface Term {
  readonly label: string
  /** Stem or literal text → 1 for the word itself, less for a synonym. */
  readonly stems: ReadonlyMap<string, number>
  /** How much the absence of this subject takes from an answer, 0 to 1. */
  readonly weight: number
  /** A name, identifier or number: when nothing of that spelling exists, the question has no answer. */
  readonly isName: boolean
}

/** A text to rank, in fields that count differently (heading, file name, body). */
export interface RankedText {
  readonly fields: readonly { readonly frequencies: ReadonlyMap<string, number>; readonly weight: number }[]
  readonly length: number
}

export interface Score {
  readonly score: number
  /** Share of the question that the text covers, half by the weight of its terms and half by their rarity, 0 to 1. */
  readonly coverage: number
}

// The usual constants of BM25 (Robertson and Zaragoza, 2009); b is low because passages are short anyway.
const SATURATION = 1.2
const LENGTH_PENALTY = 0.4

/** Ranks texts for terms by BM25F: field-weighted frequencies, saturated, weighted by how rare a term is. */
export function scoreTexts(texts: readonly RankedText[], terms: readonly Term[]): readonly Score[] {
  const average = Math.max(1, texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length))
  const frequencies = texts.map((text) => terms.map((term) => weightedFrequency(text, term)))
  const rarities = terms.map((_, index) => {
    const holding = frequencies.filter((row) => (row[index] ?? 0) > 0).length
    return rarity(holding, texts.length)
  })
  const whole = terms.reduce((sum, term, index) => sum + term.weight * (rarities[index] ?? 0), 0)
  const plain = terms.reduce((sum, term) => sum + term.weight, 0)
  return texts.map((text, row) => {
    const damping = SATURATION * (1 - LENGTH_PENALTY + (LENGTH_PENALTY * text.length) / average)
    let score = 0
    let covered = 0
    let counted = 0
    terms.forEach((term, index) => {
      const frequency = frequencies[row]?.[index] ?? 0
      if (frequency === 0) return
      const share = term.weight * (rarities[index] ?? 0)
      score += (share * frequency * (SATURATION + 1)) / (frequency + damping)
      const extent = Math.min(1, 0.4 + frequency)
      covered += share * extent
      counted += term.weight * extent
    })
    return { score, coverage: whole === 0 ? 0 : (covered / whole + counted / plain) / 2 }
  })
}

/** Gives the inverse document frequency: high for a term few texts hold, never negative. */
export function rarity(holding: number, total: number): number {
  return Math.log(1 + (total - holding + 0.5) / (holding + 0.5))
}

function weightedFrequency(text: RankedText, term: Term): number {
  let sum = 0
  for (const field of text.fields) {
    for (const [stemmed, strength] of term.stems) {
      sum += (field.frequencies.get(stemmed) ?? 0) * field.weight * strength
    }
  }
  return sum
}
