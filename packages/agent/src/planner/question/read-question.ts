import { findFileTypes } from './file-types.js'
import type { FileType } from './file-types.js'
import { findLineRange } from './line-range.js'
import type { LineRange } from './line-range.js'
import { mask, unmask } from './mask.js'
import type { PatternMention } from './mask.js'
import { correctSpelling } from './spelling.js'

/** A question taken apart; `masked` keeps the order of the words with placeholders for what was quoted. */
export interface Question {
  /** The question without greetings, politeness, final punctuation and slips in the words that tell what it asks for. */
  readonly text: string
  readonly masked: string
  readonly quotes: readonly string[]
  readonly patterns: readonly PatternMention[]
  readonly paths: readonly string[]
  readonly range: LineRange | undefined
  readonly fileTypes: readonly FileType[]
}

const POLITE_START =
  /^(?:(?:hi|hey|hello|ok|okay|so|well|now|please|kindly|thanks|then)\b[\s,!.:]*|(?:could|can|would|will) (?:you|we|i)(?: please| kindly| maybe)?\s+(?=\w)|i(?:'d| would) (?:like|love)(?: you)? to (?:know |see (?=what|which|who|where|how))?|i (?:want|need) (?:you )?to (?:know |see (?=what|which|who|where|how))?|(?:do you know|tell me|can you tell me|let me know|i wonder|i was wondering),? (?=what|which|who|whom|where|when|why|how|if|whether|about)|(?:show|tell|explain to) me,? (?=where|how |why |who |when )|find out (?=what|which|who|where|when|why|how|if)|help me (?:to )?)/i
const POLITE_END =
  /(?:[\s,]+(?:please|thanks|thank you|for me|if you can|if possible|will you|would you|somewhere|anywhere|at all|right now|in total|altogether|overall)|[\s?!.;,:]+)$/i
const LONGEST = 4_000

/** Takes a question apart. Never throws, whatever the text. */
export function readQuestion(raw: string): Question {
  const text = correctSpelling(tidy(raw.slice(0, LONGEST)))
  const { range, rest } = findLineRange(protectQuotes(text))
  const { masked, quotes, patterns, paths } = mask(restoreQuotes(rest, text))
  return {
    text,
    masked: masked.replaceAll(/\s+/g, ' ').trim(),
    quotes,
    patterns,
    paths: paths.map((path) => (range === undefined ? path : path.replace(/[:#]$/, ''))),
    range,
    fileTypes: findFileTypes(masked),
  }
}

/** Gives a part of the masked question as it was written. */
export function written(part: string, question: Question): string {
  return unmask(part, question)
}

/** Only the first paragraph break-free text counts, without what people wrap around a question. */
function tidy(raw: string): string {
  let text = raw
    .normalize('NFC')
    .replaceAll(/[\n\r\t]+/g, ' ')
    .trim()
  for (let before = ''; before !== text;) {
    before = text
    const shorter = text.replace(POLITE_START, '').replace(POLITE_END, '')
    if (shorter.trim() !== '') text = shorter.trim()
  }
  return text
}

const INNER = /"[^"]*"|“[^”]*”|`[^`]*`|\/(?:\\.|[^/\s\\])+\//g

/** What stands in quotation marks is never a line range. */
function protectQuotes(text: string): string {
  return text.replace(INNER, (whole) => '\uE001'.repeat(whole.length))
}

function restoreQuotes(rest: string, text: string): string {
  const originals = text.match(INNER) ?? []
  let index = 0
  return rest.replace(/\uE001+/g, (whole) => {
    let restored = ''
    while (restored.length < whole.length && index < originals.length) restored += originals[index++] ?? ''
    return restored
  })
}
