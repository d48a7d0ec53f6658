import { grep } from '../calls.js'
import { counted, matchLine, quote } from '../answer/cite.js'
import { matchesOf } from '../decode-tool-result.js'
import type { Match } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { escapePattern } from '../text/stem.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface DefinitionArguments {
  readonly symbol: string
}

const KINDS = String.raw`(?:function|method|class|enum|interface|type|struct|trait|constant|const|variable|table|component|module|macro|symbol|identifier|setting|option|field|property|procedure|routine|hook|helper)`
const SYMBOL = String.raw`(?<symbol>‹[qp]\d+›|[\p{L}_$@][\p{L}\p{N}_$.:#-]*(?:\(\))?)`
const ARTICLES = String.raw`(?:(?:the|a|an|our|my)\s+)?(?:${KINDS}\s+)?`
const DEFINED = String.raw`(?:defined|declared|implemented|defined at|introduced|set|assigned|coded)`

const FORMS: readonly RegExp[] = [
  String.raw`^(?:in\s+)?(?:where|(?:which|what)\s+(?:file|module|line|place))\s+(?:is|are|was|were|gets?)\s+${ARTICLES}${SYMBOL}(?:\s+${KINDS})?\s+${DEFINED}\b`,
  String.raw`^where\s+(?:do|does|did)\s+(?:we|you|they|the code|i)\s+(?:define|declare|implement|set)\s+${ARTICLES}${SYMBOL}$`,
  String.raw`^(?:which|what)\s+(?:file|module|class|code)?\s*(?:defines?|declares?|implements?)\s+${ARTICLES}${SYMBOL}(?:\s+${KINDS})?$`,
  String.raw`^(?:(?:where|how)\s+(?:can|do|could)\s+(?:i|we)\s+find|find|show|go to|jump to|get|give|locate|see|what is|what's|where is|where's)?\s*(?:me\s+)?(?:the\s+)?(?:definition|declaration|implementation)\s+(?:of|for)\s+${ARTICLES}${SYMBOL}(?:\s+${KINDS})?$`,
  String.raw`^where(?:'s|\s+is|\s+are)\s+(?:the\s+|our\s+)?${KINDS}\s+${SYMBOL}$`,
].map((source) => new RegExp(source, 'iu'))

/** Only what is spelled like an identifier of code, so that "what is Fieldkit" stays an open question. */
const CODE = String.raw`(?<symbol>(?=\S*(?:_|\p{Ll}\p{Lu}|\(\)))[\p{L}_$][\p{L}\p{N}_$.]*(?:\(\))?)`
const CODE_FORMS: readonly RegExp[] = [
  String.raw`^[Ww]here(?:'s|\s+is)\s+(?:the\s+)?${CODE}(?:\s+${KINDS})?$`,
  String.raw`^[Ww]hat(?:'s|\s+is|\s+are)\s+(?:the\s+)?(?:value|default|setting)s?\s+(?:of|for)\s+${ARTICLES}${CODE}$`,
  String.raw`^[Ww]hat\s+(?:does|do)\s+(?:the\s+)?(?:${KINDS}\s+)?${CODE}\s+(?:mean|contain|hold)$`,
  String.raw`^[Ww]hat(?:'s|\s+is|\s+are)\s+(?:the\s+)?(?:${KINDS}\s+)?${CODE}(?:\s+(?:set to|equal to|defined as|for|about))?$`,
].map((source) => new RegExp(source, 'u'))

/** Finds where a name of the code is defined. */
export const definitionIntent = defineIntent<DefinitionArguments>({
  name: 'definition',
  example: 'where is parse_telegram defined?',
  read: readDefinition,
  plan: planDefinition,
})

function readDefinition(question: Question): DefinitionArguments | undefined {
  for (const form of [...FORMS, ...CODE_FORMS]) {
    const symbol = form.exec(question.masked)?.groups?.['symbol']
    if (symbol !== undefined) return { symbol: written(symbol, question).replace(/\(\)$/, '') }
  }
  return undefined
}

const BEFORE = String.raw`(?:\b(?:def|class|function|func|fn|fun|interface|type|enum|struct|trait|impl|const|let|var|val|module|mod|namespace|protocol|record|object|sub|package|macro_rules!|#define|(?:create|CREATE)\s+(?:(?:or|OR)\s+(?:replace|REPLACE)\s+)?(?:table|view|index|function|procedure|type|TABLE|VIEW|INDEX|FUNCTION|PROCEDURE|TYPE))\*?\s+(?:\([^)]*\)\s*)?(?:(?:if|IF)\s+(?:not|NOT)\s+(?:exists|EXISTS)\s+)?[\w."<>]*?)`
const MODIFIERS = String.raw`(?:(?:export|default|public|private|protected|static|final|async|readonly|override|abstract|pub|get|set|local|my|our)\s+)*`

function* planDefinition({ symbol }: DefinitionArguments, question: Question): Plan {
  const { found, mentions } = yield* findDefinitions(symbol)
  if (found.length > 0) {
    return [`${symbol} is defined here:`, ...found.map((match) => quote(match.path, match.line, match.text))].join('\n')
  }
  if (mentions.length === 0) return yield* answerOpenQuestion(question)
  const lines = mentions.slice(0, 20).map((match) => matchLine(match.path, match.line, match.text))
  return [`I found no definition of ${symbol}; it occurs in ${counted(mentions.length, 'line')}:`, ...lines].join('\n')
}

/** Finds the lines that define a name best, and all that mention it. */
export function* findDefinitions(
  symbol: string,
): Plan<{ readonly found: readonly Match[]; readonly mentions: readonly Match[] }> {
  const name = escapePattern(symbol)
  const [defined, mentioned] = yield [
    grep({ pattern: `${BEFORE}${edge(symbol)}${name}\\b`, limit: 200 }),
    grep({ pattern: `(?:^|[^\\w$])${name}(?:$|[^\\w$])`, limit: 500 }),
  ]
  const mentions = matchesOf(mentioned)
  const strong = matchesOf(defined).filter((match) => definitionRank(match, symbol) > 0)
  const assigned = mentions.filter((match) => definitionRank(match, symbol) > 0)
  const all = new Map([...strong, ...assigned].map((match) => [`${match.path}:${String(match.line)}`, match]))
  return { found: best([...all.values()], symbol), mentions }
}

function edge(symbol: string): string {
  return /^\w/.test(symbol) ? '\\b' : ''
}

/** 3: declared with a keyword; 2: assigned or a method at the start of a line; 1: a glossary entry; 0: only used. */
function definitionRank({ text }: Match, symbol: string): number {
  const name = escapePattern(symbol)
  if (/^\s*(?:import|from|use|require|#include)\b|^\s*(?:\/\/|#|\*|--)\s/i.test(text)) return 0
  if (new RegExp(`${BEFORE}(?<![\\w$])${name}(?![\\w$])`).test(text)) return 3
  if (new RegExp(`^\\s*${MODIFIERS}["']?${name}["']?\\s*(?::(?!:)[^=]*)?=(?!=)`).test(text)) return 2
  if (new RegExp(`^\\s*(?:-\\s+)?["']?${name}["']?\\s*:(?!:)`).test(text)) return 2
  if (new RegExp(`^\\s*${MODIFIERS}[*#]?${name}\\s*(?:<[^>]*>)?\\([^;]*\\)?\\s*(?::[^;]*)?\\{?\\s*$`).test(text))
    return 2
  return new RegExp(`^\\s*(?:[-*]\\s+)?(?:\\*\\*|\`|#+\\s*)${name}(?:\\*\\*|\`)?\\s*(?::|$|—|–|-)`).test(text) ? 1 : 0
}

function best(matches: readonly Match[], symbol: string): readonly Match[] {
  const ranks = matches.map((match) => definitionRank(match, symbol))
  const highest = Math.max(0, ...ranks)
  return matches.filter((_, index) => ranks[index] === highest).slice(0, 20)
}
