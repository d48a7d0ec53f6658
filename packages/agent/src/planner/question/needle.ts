import { escapePattern } from '../text/stem.js'
import { written } from './read-question.js'
import type { Question } from './read-question.js'
import { splitScope } from './target.js'

/** What a search looks for. */
export interface Needle {
  readonly text: string
  readonly isPattern: boolean
  readonly ignoreCase: boolean
}

const WRAPPING =
  /^(?:(?:for|the|a|an|all|any|every|each|some|me|us|my|our|exact|literal|word|words|term|terms|text|string|phrase|name|address|keyword|identifier|symbol|token|expression|function|method|variable|constant|class|value|occurrences?|mentions?|references?|instances?|matches|hits|usages?|uses?|lines?|places|files?|anything|something|about|of|to|on|with|that|which|containing|contain|contains|mentioning|mention|mentions|matching|match|matches|saying|say|says|where|like|named|called|entries|comments?|notes|markers?|tags?)\s+)+/i
const TRAILING =
  /\s+(?:comments?|lines?|entries|markers?|tags?|notes|occurrences?|mentions?|matches|strings?|items?|occurs?|appears?|is|are|mentioned|used|please|anywhere|somewhere|everywhere|too|as well|there|here|instead|at all)$/i
const REGEX_WORD = /\b(?:regex|regexp|reg(?:ular)? ?exp(?:ression)?s?|pattern)\s*:?\s+(?<source>\S.*)$/i

/** Reads what to look for out of a fragment of a masked question; undefined when nothing is left of it. */
export function readNeedle(fragment: string, question: Question): Needle | undefined {
  const pattern = placeholder(fragment, 'r', question.patterns)
  if (pattern !== undefined) return { text: pattern.source, isPattern: true, ignoreCase: pattern.ignoreCase }
  const quoted = placeholder(fragment, 'q', question.quotes)
  if (quoted !== undefined) {
    return /\b(?:regex|regexp|pattern|expression)\b/i.test(fragment) ? asPattern(quoted) : smartCase(quoted)
  }
  const regex = REGEX_WORD.exec(fragment)?.groups?.['source']
  if (regex !== undefined) return asPattern(written(splitScope(regex).rest, question))
  const bare = unwrap(fragment)
  const text = written(bare, question).trim()
  return /[^\s\p{P}]/u.test(text) ? smartCase(text) : undefined
}

/** Gives a needle for a word whose plural was asked for: `TODOs` are lines with `TODO`. */
export function loudNeedle(word: string): Needle {
  const isMarker = /^(?:to-?do|fixme)s?$/.test(word.toLowerCase()) && !/^[A-Z]{3}/.test(word)
  const text = isMarker ? word.toLowerCase().replace('-', '').replace(/s$/, '') : word.replace(/(?<=[A-Z0-9_])'?s$/, '')
  return { text, isPattern: false, ignoreCase: text === text.toLowerCase() }
}

/** Like ripgrep's smart case: a needle without capitals ignores case. */
function smartCase(text: string): Needle {
  return { text, isPattern: false, ignoreCase: text === text.toLowerCase() }
}

function asPattern(source: string): Needle {
  return { text: source, isPattern: true, ignoreCase: false }
}

function unwrap(fragment: string): string {
  let text = fragment.replaceAll(/\s+/g, ' ').trim()
  for (let before = ''; before !== text;) {
    before = text
    const shorter = text
      .replace(WRAPPING, '')
      .replace(TRAILING, '')
      .replace(/^[,;:\s]+|[,;:?!\s]+$/g, '')
    if (shorter.trim() !== '') text = shorter.trim()
  }
  return text
}

function placeholder<Value>(fragment: string, kind: 'q' | 'r', values: readonly Value[]): Value | undefined {
  const index = new RegExp(`‹${kind}(\\d+)›`).exec(fragment)?.[1]
  return index === undefined ? undefined : values[Number(index)]
}

/** Says what was looked for the way people write it. */
export function describeNeedle({ text, isPattern, ignoreCase }: Needle): string {
  return `${isPattern ? `/${text}/` : `"${text}"`}${ignoreCase ? ' (ignoring case)' : ''}`
}

/** Gives the pattern for a tool call that must be a regular expression. */
export function needlePattern({ text, isPattern }: Needle): string {
  return isPattern ? text : escapePattern(text)
}
