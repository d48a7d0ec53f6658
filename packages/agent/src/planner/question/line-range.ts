/** Which lines of a file a question asks for. */
export type LineRange =
  | { readonly kind: 'first'; readonly lines: number }
  | { readonly kind: 'last'; readonly lines: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
]
const NUMBER = String.raw`(\d{1,9}|${NUMBER_WORDS.slice(1).join('|')}|couple|few|dozen)`
const DEFAULT_LINES = 10
/** "The end of 2024" is no request for lines; "show the end of x.log" is. */
const SEEING = String.raw`(?<=^(?:show|print|display|see|view|read|open|give|what is at|what's at|how does)\b.{0,12})`

interface RangeRule {
  readonly pattern: RegExp
  readonly read: (match: RegExpMatchArray) => LineRange
}

const TO = String.raw`\s*(?:-|–|—|\.\.|to|through|till|until|and|up to)\s*(?:line\s+)?`

/** Tried in order; the first that matches is cut out of the question. */
const RULES: readonly RangeRule[] = [
  {
    pattern: new RegExp(String.raw`\b(?:from\s+|between\s+)?lines?\s+#?(\d{1,9})${TO}#?(\d{1,9})\b`, 'i'),
    read: (match) => between(Number(match[1]), Number(match[2])),
  },
  {
    pattern: /(?<=\S)(?::|#)L?(\d{1,9})(?:-L?(\d{1,9}))?(?=\s|$|[?,;])/,
    read: (match) => between(Number(match[1]), Number(match[2] ?? match[1])),
  },
  {
    pattern: new RegExp(String.raw`\bL(\d{1,9})${TO}L?(\d{1,9})\b`),
    read: (match) => between(Number(match[1]), Number(match[2])),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:first|top|initial|opening|leading)\s+${NUMBER}(?:\s+of)?\s+(?:lines?|rows?)\b`,
      'i',
    ),
    read: (match) => ({ kind: 'first', lines: numberOf(match[1]) }),
  },
  {
    pattern: new RegExp(String.raw`\b${NUMBER}\s+(?:first|top|initial)\s+(?:lines?|rows?)\b`, 'i'),
    read: (match) => ({ kind: 'first', lines: numberOf(match[1]) }),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:last|bottom|final|closing|trailing)\s+${NUMBER}(?:\s+of)?\s+(?:lines?|rows?|entries)\b`,
      'i',
    ),
    read: (match) => ({ kind: 'last', lines: numberOf(match[1]) }),
  },
  {
    pattern: new RegExp(String.raw`\b${NUMBER}\s+(?:last|final|bottom)\s+(?:lines?|rows?)\b`, 'i'),
    read: (match) => ({ kind: 'last', lines: numberOf(match[1]) }),
  },
  {
    pattern: /\bhead\s+(?:-n\s*|--lines[= ]|-)?(\d{1,9})\b/i,
    read: (match) => ({ kind: 'first', lines: Number(match[1]) }),
  },
  {
    pattern: /\btail\s+(?:-n\s*|--lines[= ]|-)?(\d{1,9})\b/i,
    read: (match) => ({ kind: 'last', lines: Number(match[1]) }),
  },
  { pattern: /\b(?:first|top)\s+line\b/i, read: () => ({ kind: 'first', lines: 1 }) },
  { pattern: /\b(?:last|final)\s+line\b/i, read: () => ({ kind: 'last', lines: 1 }) },
  {
    pattern: /\bline\s+(?:number\s+|no\.?\s*)?#?(\d{1,9})\b/i,
    read: (match) => between(Number(match[1]), Number(match[1])),
  },
  { pattern: /\b(?:the\s+)?first\s+lines\s+of\b/i, read: () => ({ kind: 'first', lines: DEFAULT_LINES }) },
  { pattern: /\b(?:the\s+)?last\s+lines\s+of\b/i, read: () => ({ kind: 'last', lines: DEFAULT_LINES }) },
  {
    pattern: new RegExp(String.raw`${SEEING}(?:beginning|start|top|head)\s+of\b`, 'i'),
    read: () => ({ kind: 'first', lines: DEFAULT_LINES }),
  },
  {
    pattern: new RegExp(String.raw`${SEEING}(?:end|bottom|tail)\s+of\b`, 'i'),
    read: () => ({ kind: 'last', lines: DEFAULT_LINES }),
  },
  { pattern: /^head\b/i, read: () => ({ kind: 'first', lines: DEFAULT_LINES }) },
  { pattern: /^tail\b/i, read: () => ({ kind: 'last', lines: DEFAULT_LINES }) },
]

/** Finds the lines a question asks for and gives the question without that part. */
export function findLineRange(text: string): { readonly range: LineRange | undefined; readonly rest: string } {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text)
    if (match === null) continue
    return { range: read(match), rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` }
  }
  return { range: undefined, rest: text }
}

function between(left: number, right: number): LineRange {
  return { kind: 'between', from: Math.max(1, Math.min(left, right)), to: Math.max(1, left, right) }
}

function numberOf(word: string | undefined): number {
  const lower = (word ?? '').toLowerCase()
  if (lower === 'couple' || lower === 'few') return lower === 'few' ? 3 : 2
  if (lower === 'dozen') return 12
  const named = NUMBER_WORDS.indexOf(lower)
  return Math.max(1, named > 0 ? named : Number(lower))
}
