import { loudNeedle, readNeedle } from '../question/needle.js'
import type { Needle } from '../question/needle.js'
import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import type { Target } from '../question/target.js'
import { LOUD } from './search-words.js'

/** What to count and where. */
export interface CountArguments {
  readonly what: 'matches' | 'filesWith' | 'lines' | 'words' | 'bytes' | 'files' | 'folders' | 'named'
  readonly needle: Needle | undefined
  readonly target: Target | undefined
  readonly extensions: readonly string[]
  /** The noun that was counted, for "how many policies are there". */
  readonly noun: string
}

const COUNTING = String.raw`(?:how many|how much|number of|count(?: up)?(?: all| the| of)*|total (?:number )?of|what is the (?:total )?number of|what's the number of)`
const HAPPEN = String.raw`(?:occurs?|appears?|mentioned|show up|shows up|come up|comes up|found|referenced|exist)`

/** Says nothing about which files are meant. */
const FILLERS = '(?:all|the|our|my|of|total|different|distinct|separate|single|individual|normal|regular|other|more)'

interface Form {
  readonly pattern: RegExp
  readonly what: CountArguments['what']
}

/** Named groups: `needle` what to count, `target` where, `noun` what it was called. The first form that fits decides. */
const FORMS: readonly Form[] = [
  {
    what: 'matches',
    pattern: new RegExp(
      String.raw`^how\s+(?:many times|often)\s+(?:does|do|is|are|was|were|did)\s+(?<needle>.+?)\s+(?:get\s+)?${HAPPEN}\b\s*(?<target>.*)$`,
      'i',
    ),
  },
  {
    what: 'matches',
    pattern: new RegExp(
      String.raw`^how\s+(?:many times|often)\s+(?:does|do|is|are|was|were|did)\s+(?<needle>(?:the\s+(?:word|text|string|term)\s+)?(?:‹[qr]\d+›|${LOUD}|\S*_\S*|\p{Ll}+\p{Lu}\S*))\s+(?:used|called)\b\s*(?<target>.*)$`,
      'u',
    ),
  },
  {
    what: 'filesWith',
    pattern: new RegExp(
      String.raw`^${COUNTING}\s+(?:\w+\s+)?(?:files?|documents?|pages?|scripts?|(?<noun>(?!lines?\b|rows?\b|records?\b|entries\b|times\b|words?\b|people\b)[a-z]+)(?=\s+(?:mention|contain|reference|import)\b))\s+(?:(?:in|under|of)\s+(?<target>\S+)\s+)?(?:that\s+)?(?:mention|contain|match|include|reference|use|have|import|say|containing|mentioning|matching|with|importing)\s+(?<needle>(?!the extension|extension|name).+)$`,
      'i',
    ),
  },
  {
    what: 'matches',
    pattern: new RegExp(
      String.raw`^${COUNTING}\s+(?:lines?|rows?|records?|entries)\s+(?:(?:in|of|from)\s+(?:the\s+(?:file|log)\s+)?(?<target>‹p\d+›|the \w+(?: file)?)\s+)?(?:that\s+|which\s+)?(?:match|contain|have|mention|include|say|with|start with|matching|containing|mentioning|including)\s+(?<needle>.+)$`,
      'i',
    ),
  },
  {
    what: 'matches',
    pattern: new RegExp(
      String.raw`^${COUNTING}\s+(?:times\s+)?(?:occurrences?|mentions?|instances?|matches|hits|appearances?|references|usages|uses)\s+(?:of|for|to)\s+(?<needle>.+)$`,
      'i',
    ),
  },
  {
    what: 'matches',
    pattern: new RegExp(
      String.raw`^(?:[Hh]ow many|[Nn]umber of|[Cc]ount|[Tt]otal)(?:\s+(?:all|the|of|open|number))*\s+(?<needle>${LOUD}'?s?|‹[qr]\d+›s?)(?:\s+(?:comments?|lines?|entries|messages|markers?|matches|items|errors?|warnings?|records?))?(?:\s+(?:are|is|do we have|exist|have we|remain))?(?:\s+(?:there|left|open))?\s*(?<target>.*)$`,
    ),
  },
  {
    what: 'lines',
    pattern: new RegExp(
      String.raw`^(?:${COUNTING}\s+)(?:lines?|rows?)(?:\s+(?:of (?:code|text)))?\s*(?:(?:in|of|does|do|has|have|are in|are there in|is in)\s+)+(?<target>.+?)(?:\s+(?:have|has|contain|contains|hold))?$`,
      'i',
    ),
  },
  {
    what: 'words',
    pattern: new RegExp(
      String.raw`^(?:${COUNTING}\s+)words?\s*(?:(?:in|of|does|do|has|have|are in|are there in|is in)\s+)+(?<target>.+?)(?:\s+(?:have|has|contain|contains|hold))?$`,
      'i',
    ),
  },
  { what: 'words', pattern: /^word\s*count\s+(?:of|for)\s+(?<target>.+)$/i },
  {
    what: 'bytes',
    pattern: new RegExp(
      String.raw`^(?:${COUNTING}\s+)(?:bytes?|characters?|chars)\s*(?:(?:in|of|does|do|has|have|are in|are there in|is in)\s+)+(?<target>.+?)(?:\s+(?:have|has|contain|contains|hold))?$`,
      'i',
    ),
  },
  {
    what: 'lines',
    pattern:
      /^(?:how (?:long|big|large) is|wc(?:\s+-\w+)?|line\s*count (?:of|for)|what is the (?:length|size) of)\s+(?:the\s+)?(?:file\s+)?(?<target>‹p\d+›.*)$/i,
  },
  {
    what: 'folders',
    pattern: new RegExp(String.raw`^${COUNTING}\s+(?:sub)?(?:folders?|director(?:y|ies))\b\s*(?<target>.*)$`, 'i'),
  },
  {
    what: 'files',
    pattern: new RegExp(
      String.raw`^${COUNTING}\s+(?:${FILLERS}\s+)*(?:(?<noun>[\w+#.-]+)\s+)?(?:files?|scripts?|documents?|images?|pictures?|notebooks?)\b\s*(?<target>.*)$`,
      'i',
    ),
  },
  {
    what: 'named',
    pattern: new RegExp(
      String.raw`^${COUNTING}\s+(?<noun>[\p{L}_ -]+?)\s+(?:are|have|is|exist|do we have|do i have|lie|live)\b\s*(?:there\s*|\w+\s+)??(?<target>(?:in|under|inside|within|here).*)?$`,
      'iu',
    ),
  },
  {
    what: 'named',
    pattern: new RegExp(
      String.raw`^(?:count|number of)\s+(?:the\s+|all\s+)?(?<noun>[\p{L}_-]+(?:\s+[\p{L}_-]+)?)(?:\s+(?<target>(?:in|under|inside|within)\s+.+))?$`,
      'iu',
    ),
  },
]

/** Recognises what is to be counted; undefined when "how many" asks for a fact that stands in a text. */
export function readCountArguments(question: Question): CountArguments | undefined {
  if (!/\b(?:how (?:many|much|often|long|big|large)|number of|\w*count|total|wc|length|size)\b/i.test(question.masked))
    return undefined
  for (const { pattern, what } of FORMS) {
    const groups = pattern.exec(question.masked)?.groups
    if (groups === undefined) continue
    const read = fromGroups(what, groups, question)
    if (read !== undefined) return read
  }
  return countedName(question)
}

function fromGroups(
  what: CountArguments['what'],
  groups: Readonly<Record<string, string | undefined>>,
  question: Question,
): CountArguments | undefined {
  const extensions = question.fileTypes.flatMap((type) => type.extensions)
  const isKind = what === 'files' && extensions.length > 0
  const noun = isKind ? '' : written(groups['noun'] ?? '', question)
  if (groups['needle'] === undefined) {
    const target = whereOf(groups['target'], question)
    if (what === 'lines' || what === 'words' || what === 'bytes') {
      return target === undefined || target.kind === 'root'
        ? undefined
        : { what, needle: undefined, target, extensions: [], noun }
    }
    return { what, needle: undefined, target, extensions, noun }
  }
  const { rest, scope } = splitScope(groups['needle'].replace(/\s+(?:are there|is there|do we have|there)\b/i, ' '))
  const bare = rest === '' ? groups['needle'] : rest
  const bareLoud = new RegExp(`^${LOUD}'?s?$`).test(bare)
  const needle = bareLoud ? loudNeedle(bare) : readNeedle(bare, question)
  if (needle === undefined) return undefined
  const where = groups['target'] ?? scope ?? (what === 'filesWith' ? groups['noun'] : undefined)
  return { what, needle, target: whereOf(where, question), extensions, noun }
}

function whereOf(fragment: string | undefined, question: Question): Target | undefined {
  const text = (fragment ?? '')
    .replace(
      /^(?:\s*(?:there|are|is|exist|in|inside|under|of|within|do we have|does|do|has|have|contained|stored)\b)+/i,
      '',
    )
    .replace(/\b(?:contain|have|hold|include)s?\s*$/i, '')
    .trim()
  return text === '' ? undefined : readTarget(text, question)
}

/** "How many visits did Edda Kroll make according to visits.csv?": the lines of a file that hold a name. */
function countedName(question: Question): CountArguments | undefined {
  const placeholder = /‹p\d+›/.exec(question.masked)?.[0]
  if (placeholder === undefined || !/^(?:how many|count|number of)\b/i.test(question.masked)) return undefined
  const quoted = readNeedle(/‹[qr]\d+›/.exec(question.masked)?.[0] ?? '', question)
  const name = /(?<=\s)\p{Lu}[\p{L}\p{N}-]+(?:\s+\p{Lu}[\p{L}\p{N}-]+)*/u.exec(question.masked)?.[0]
  const needle = quoted ?? (name === undefined ? undefined : { text: name, isPattern: false, ignoreCase: false })
  if (needle === undefined) return undefined
  return { what: 'matches', needle, target: readTarget(placeholder, question), extensions: [], noun: '' }
}
