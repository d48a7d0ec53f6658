const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const NAMES = MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join('|')
const DAY_MONTH_YEAR = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(${NAMES})\.?,?\s+(\d{4})\b`, 'gi')
const MONTH_DAY_YEAR = new RegExp(String.raw`\b(${NAMES})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`, 'gi')
const MONTH_YEAR = new RegExp(String.raw`\b(${NAMES})\.?\s+(\d{4})\b`, 'gi')
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g

/** A date of a question and the ways in which files may write it. */
export interface DateMention {
  readonly start: number
  readonly end: number
  /** `2024-09-03`, or `2024-09` when no day was named. */
  readonly iso: string
  readonly spellings: readonly string[]
}

/** Finds dates in a question, so that `3 September 2024` meets `2024-09-03` in a file or its name. */
export function findDates(text: string): readonly DateMention[] {
  const mentions: DateMention[] = []
  const add = (match: RegExpMatchArray, spellings: readonly string[]): void => {
    const start = match.index ?? 0
    const end = start + match[0].length
    if (mentions.every((other) => end <= other.start || start >= other.end))
      mentions.push({ start, end, iso: spellings[0] ?? '', spellings })
  }
  if (!/\d{4}/.test(text)) return mentions
  for (const match of text.matchAll(ISO)) add(match, spellings(match[1], Number(match[2]), Number(match[3])))
  for (const match of text.matchAll(DAY_MONTH_YEAR))
    add(match, spellings(match[3], monthOf(match[2]), Number(match[1])))
  for (const match of text.matchAll(MONTH_DAY_YEAR))
    add(match, spellings(match[3], monthOf(match[1]), Number(match[2])))
  for (const match of text.matchAll(MONTH_YEAR)) add(match, spellings(match[2], monthOf(match[1])))
  return mentions
}

function monthOf(name: string | undefined): number {
  return MONTHS.findIndex((month) => month.startsWith((name ?? '').toLowerCase().slice(0, 3))) + 1
}

function spellings(year: string | undefined, month: number, day?: number): readonly string[] {
  const name = MONTHS[month - 1]
  if (year === undefined || name === undefined) return []
  const iso = `${year}-${String(month).padStart(2, '0')}`
  if (day === undefined) return [iso, `${name} ${year}`]
  const short = name.slice(0, 3)
  return [
    `${iso}-${String(day).padStart(2, '0')}`,
    `${String(day)} ${name} ${year}`,
    `${name} ${String(day)}, ${year}`,
    `${String(day)} ${short} ${year}`,
    `${short} ${String(day)}, ${year}`,
  ]
}
