import type { Plan } from '../plan.js'
import { loudNeedle, readNeedle } from '../question/needle.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import { defineIntent } from './intent.js'
import { searchFiles } from './search-plan.js'
import type { SearchArguments } from './search-plan.js'
import { anyInitial, KIND, LOUD, MARKERS, MENTION } from './search-words.js'

interface Form {
  readonly pattern: RegExp
}

/** Named groups: `needle` what to look for (may end in "in …"), `scope` where, `besides` further words. */
const FORMS: readonly Form[] = [
  {
    pattern:
      /^(?:full[- ]text )?(?:search|scan|look|check)\s+(?:through |in |inside |across |within )?(?!for\b)(?<scope>.+?)\s+for\s+(?<needle>.+)$/i,
  },
  {
    pattern: /^(?:grep|rg)\s+(?:-\w+\s+)*(?<needle>‹[qr]\d+›|[^\s‹]+)\s+(?<bare>‹p\d+›|(?!in\b|for\b)[\w.-]+)$/i,
  },
  {
    pattern:
      /^(?:do a |run a )?(?:full[- ]text )?(?:search|look|scan|check|grep|rg|hunt)(?:ing)?(?: up| out)?\s+(?:everywhere\s+)?(?:for\s+)?(?:-\w+\s+)*(?<needle>.+)$/i,
  },
  {
    pattern: new RegExp(
      String.raw`^(?:in\s+)?(?:which|what)\s+(?:of\s+(?:the|our)\s+)?(?<scope>${KIND}.*?)\s+(?:do we\s+|does\s+|is\s+|are\s+)?(?:that\s+)?(?:${MENTION})\s+(?<needle>.+)$`,
      'i',
    ),
  },
  { pattern: new RegExp(String.raw`^(?:who|what|which)\s+(?:all\s+)?(?:${MENTION})\s+(?<needle>.+)$`, 'i') },
  {
    pattern: new RegExp(
      String.raw`^(?:find|show|list|give|get|print|display|see|search|locate|are there|is there)\s+(?:me\s+)?(?:all\s+|any\s+|every\s+|the\s+)*(?<scope>${KIND}(?:\s+(?:in|under|of)\s+\S+(?:\s+\S+)?)?)\s+(?:that\s+|which\s+)?(?:(?:${MENTION})|containing|mentioning|matching|including|referencing|using|importing|with(?!\s+(?:extension|name|the name|the extension|suffix))(?:\s+the\s+(?:word|text|string|phrase|term))?)\s+(?<needle>.+)$`,
      'i',
    ),
  },
  {
    pattern:
      /^where\s+(?:(?:is|are|was|were|does|do)\s+)?(?<needle>.+?)\s+(?:(?:is|are|was|gets?)\s+)?(?:mentioned|occurs?|appears?|used|referenced|called|imported|come up|comes up|show up|shows up|discussed|talked about|found|invoked|written|spoken of)\b\s*(?<tail>.*)$/i,
  },
  {
    pattern:
      /^where\s+(?:do|did|does)\s+(?:we|i|you|they|it|anyone|anybody|the code)\s+(?:use|call|mention|import|reference|refer to|talk about|say|write|invoke)\s+(?<needle>.+)$/i,
  },
  {
    pattern:
      /^(?:find|show|list|get|give|print|display|see|are there|is there)\s+(?:me\s+)?(?:all\s+|any\s+|every\s+|each\s+|the\s+)*(?<needle>(?:occurrences?|mentions?|references?|instances?|usages?|uses?|lines?|matches|places|words?|text|phrase|string|term)\b\s+(?:of|to|for|matching|containing|with|that|which|where|‹|\S).*)$/i,
  },
  {
    pattern:
      /^(?:is|are|was|were)\s+(?<needle>.+?)\s+(?:mentioned|referenced|used|discussed|talked about|imported)\b\s*(?<tail>.*)$/i,
  },
  {
    pattern:
      /^(?:does|do|did)\s+(?:anything|anyone|anybody|any (?:file|document|note|page)s?|(?:the )?(?:code|files|docs|documents|notes))\s+(?:mention|contain|use|reference|import|talk about|refer to|say)\s+(?<needle>.+)$/i,
  },
  {
    pattern:
      /^(?:is|are)\s+there\s+(?:anything|something|any\s+\w+|information|info)\s+(?:about|on|regarding|concerning|mentioning|containing)\s+(?<needle>.+)$/i,
  },
  {
    pattern: new RegExp(
      String.raw`^(?:${anyInitial('find|show|list|get|give|print|display|see|which|what|any|all|are there|is there|do we have')})\b\s*(?:me\s+|us\s+)?(?:all\s+|any\s+|every\s+|each\s+|open\s+|the\s+|remaining\s+)*(?<needle>${LOUD}'?s?|${MARKERS})\b(?:\s+(?:comments?|lines?|entries|markers?|tags?|notes|items|messages|errors?))?(?:\s+(?:are|is|exist|do we have|have))?(?:\s+(?:there|left|open))?\s*(?<besides>.*)$`,
    ),
  },
  { pattern: /^(?<needle>‹[qr]\d+›)(?<tail>\s+(?:in|under|within)\s+.+)?$/ },
  { pattern: /^(?<needle>(?!(?:ls|dir|ll|list|tree|help)$)[\w$@#][\w.$@#:()[\]-]*)$/ },
]

/** "With policy in the name" asks for names, not for contents. */
const ABOUT_NAMES =
  /\b(?:in|as part of)\s+(?:the|its|their)\s+(?:file ?)?names?\b|\b(?:file ?)?names?\s+(?:that\s+)?(?:contain|start|begin|end|match|includ|is|are)/i

/** Searches file contents for a text or a regular expression. */
export const searchIntent = defineIntent<SearchArguments>({
  name: 'search',
  example: 'search for TODO in projects',
  read: readSearch,
  plan: (values, question): Plan => searchFiles(values, question),
})

function readSearch(question: Question): SearchArguments | undefined {
  if (ABOUT_NAMES.test(question.masked)) return undefined
  for (const { pattern } of FORMS) {
    const groups = pattern.exec(question.masked)?.groups
    if (groups?.['needle'] === undefined) continue
    return fromGroups(groups, question)
  }
  return undefined
}

/** Reads "X in Y" as a search for X in Y. */
export function readSearchFragment(fragment: string, question: Question): SearchArguments | undefined {
  return fromGroups({ needle: fragment }, question)
}

function fromGroups(
  groups: Readonly<Record<string, string | undefined>>,
  question: Question,
): SearchArguments | undefined {
  const fragment = groups['needle'] ?? ''
  const trailing = `${groups['tail'] ?? ''} ${groups['besides'] ?? ''}`.trim()
  const inside = splitScope(withBarePath(fragment))
  const outside = splitScope(trailing)
  const isLoud = new RegExp(`^(?:${LOUD}'?s?|${MARKERS}s?)$`).test(fragment)
  const needle = isLoud ? loudNeedle(fragment) : readNeedle(inside.rest === '' ? fragment : inside.rest, question)
  if (needle === undefined || isGlob(needle.text, question)) return undefined
  const { bare } = groups
  const longer = bare === undefined ? (inside.scope === undefined ? '' : fragment) : `${fragment} ${bare}`
  const whole = readNeedle(longer, question)
  const kind = withoutKind(groups['scope'] ?? '')
  const place = (kind === '' ? undefined : kind) ?? bare ?? inside.scope ?? outside.scope
  const scope = place === undefined ? undefined : readTarget(withoutKind(place), question)
  return {
    needle,
    wholeNeedle: whole,
    scope,
    extensions: question.fileTypes.flatMap((type) => type.extensions),
    besides: outside.rest.replace(/^(?:in|under|about)$/i, ''),
  }
}

/** A glob is looked for among the names. */
function isGlob(text: string, { paths }: Question): boolean {
  return paths.includes(text) && /[*?]/.test(text)
}

/** `grep TODO src/` names its folder without a preposition. */
function withBarePath(fragment: string): string {
  return fragment.replace(/^(.*\S)\s+(‹p\d+›)$/, (whole, before: string, path: string) =>
    /(?:^|\s)(?:in|under|inside|within|from|of|across|below|throughout|for)$/i.test(before)
      ? whole
      : `${before} in ${path}`,
  )
}

/** "Markdown files in the notes" is a kind and a place; the kind is read elsewhere. */
function withoutKind(scope: string): string {
  return scope.replace(
    new RegExp(
      String.raw`^(?:the\s+|our\s+|my\s+|all\s+)*(?:[\w+#]+\s+)?(?:files?|scripts?|documents?|docs|pages?|code|sources?|modules?|lines?|entries|places?)\b(?:\s+(?:in|under|of|inside|within)\s+)?`,
      'i',
    ),
    '',
  )
}
