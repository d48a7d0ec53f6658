import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { findSizeLimit } from '../question/size-limit.js'
import type { SizeLimit } from '../question/size-limit.js'
import { readTarget, splitScope, stripWords } from '../question/target.js'
import type { Target } from '../question/target.js'

/** Which names to find, where. */
export interface FindByName {
  /** Globs; any of them may match. */
  readonly names: readonly string[]
  readonly extensions: readonly string[]
  readonly type: 'any' | 'file' | 'directory'
  readonly scope: Target | undefined
  /** What is looked for, in words. */
  readonly label: string
  /** Words that a name should carry, when neither glob nor type was given. */
  readonly phrase: string | undefined
  readonly size: SizeLimit | undefined
}

const FINDING = String.raw`(?:find|list|show|locate|get|give|search for|look for|which|what|where(?:'s| is| are| can i find)?|is there|are there|do we have|have we|any|all|every|print|display|see|name)`
const NAMED: readonly (readonly [pattern: RegExp, glob: (text: string) => string])[] = [
  [/\b(?:starts?|starting|begins?|beginning)\s+with\s+(?<text>\S+(?:\s+‹q\d+›)?)/i, (text) => `${text}*`],
  [/\b(?:ends?|ending)\s+(?:with|in)\s+(?<text>\S+)/i, (text) => `*${text}`],
  [
    /\b(?:has|have|having|with|contains?|containing)\s+(?:the\s+(?:word|text|string)\s+)?(?<text>\S+)\s+(?:in|as part of)\s+(?:the|its|their)\s+(?:file ?)?names?/i,
    (text) => `*${text}*`,
  ],
  [
    /\bnames?\s+(?:that\s+|which\s+)?(?:contains?|containing|includes?|has|have|with|matches|matching|like)\s+(?:the\s+(?:word|text|string)\s+)?(?<text>\S+)/i,
    (text) => (/[*?]/.test(text) ? text : `*${text}*`),
  ],
  [/\b(?:named|called|with (?:the )?name|by the name of|whose name is|titled)\s+(?<text>\S+)/i, (text) => text],
]

/** Recognises questions for names; undefined when a question is about contents. */
export function readFindArguments(question: Question): FindByName | undefined {
  const masked = question.masked
  if (
    !new RegExp(String.raw`^(?:(?:and|now|in)\s+)?(?:‹p\d+›,?\s+)?${FINDING}\b`, 'i').test(masked) &&
    !isBareSearch(question)
  )
    return undefined
  return byName(question) ?? byGlob(question) ?? byType(question) ?? bySize(question) ?? byPhrase(question)
}

/** `*.csv` or `python files in src` without a verb. */
function isBareSearch({ masked, paths, fileTypes }: Question): boolean {
  if (/^‹p0›(?:\s+(?:in|under)\s+.+)?$/.test(masked)) return /[*?]/.test(paths[0] ?? '')
  return fileTypes.length > 0 && /^(?:all\s+)?(?:[\w+#.*]+\s+)?(?:files?|scripts?)\b/i.test(masked)
}

function byName(question: Question): FindByName | undefined {
  if (
    !/\b(?:files?|folders?|director(?:y|ies)|documents?|names?|scripts?|anything|something|everything)\b/i.test(
      question.masked,
    )
  )
    return undefined
  for (const [pattern, glob] of NAMED) {
    const match = pattern.exec(question.masked)
    const text = match?.groups?.['text']
    if (match === null || text === undefined) continue
    const plain = written(text, question).replace(/[?!,;]+$/, '')
    if (/^\.?\w{1,5}$/.test(plain) && question.fileTypes.length > 0 && /ends?|ending/i.test(match[0])) continue
    const rest = question.masked.replace(match[0], ' ')
    return {
      ...shared(question, rest),
      names: [glob(plain)],
      label: `${noun(rest)} named ${glob(plain)}`,
      phrase: undefined,
    }
  }
  return undefined
}

function byGlob(question: Question): FindByName | undefined {
  const index = question.paths.findIndex((path) => /[*?]|\[.+\]/.test(path))
  const glob = question.paths[index]
  if (glob === undefined) return undefined
  const rest = question.masked.replace(`‹p${String(index)}›`, ' ')
  return {
    ...shared(question, rest),
    extensions: [],
    names: [rootless(glob)],
    label: `${noun(rest)} named ${glob}`,
    phrase: undefined,
  }
}

function bySize(question: Question): FindByName | undefined {
  const common = shared(question, question.masked)
  if (common.size === undefined) return undefined
  return { ...common, names: [], label: 'file', phrase: undefined }
}

function byType(question: Question): FindByName | undefined {
  if (question.fileTypes.length === 0) return undefined
  if (
    !/\b(?:files?|scripts?|images?|pictures?|photos?|documents?|docs|sources?|notebooks?|spreadsheets?|modules?|pages?|logs?|extension|ending)\b/i.test(
      question.masked,
    )
  )
    return undefined
  const labels = question.fileTypes.map((type) => type.label).join(' or ')
  return { ...shared(question, question.masked), names: [], label: `${labels} file`, phrase: undefined }
}

/** What says an extension says no place: "ending in .md". */
const ENDING =
  /\b(?:(?:that|which|whose names?)\s+)?(?:ends?|ending|with (?:the )?(?:extension|suffix)|extensions?)(?:\s+(?:in|with|of|is))?\s+\S+/gi

const SIZED =
  /\b(?:that are |which are |are )?(?:larger|bigger|smaller|greater|heavier|lighter|more|less|over|under|above|below)(?:\s+than)?\s+\d\S*(?:\s*\p{L}+)?/giu

const PHRASE =
  /^(?:find|locate|where(?:'s| is| are| can i find| do i find| do we keep)|is there|do we have|look for|search for|path (?:of|to)|which (?:file|folder|document) (?:is|has|holds))\s+(?:me\s+)?(?<phrase>.+)$/i

function byPhrase(question: Question): FindByName | undefined {
  const fragment = PHRASE.exec(question.masked)?.groups?.['phrase']
  if (fragment === undefined) return undefined
  const phrase = written(stripWords(fragment), question)
  return { names: [], extensions: [], type: 'any', scope: undefined, label: phrase, phrase, size: undefined }
}

function shared(question: Question, rest: string): Pick<FindByName, 'extensions' | 'type' | 'scope' | 'size'> {
  const plain = rest.replace(ENDING, ' ').replace(SIZED, ' ')
  const fragment = splitScope(plain).scope ?? subjectScope(plain)
  const isFolder = /\b(?:folders?|director(?:y|ies)|subfolders?)\b/i.test(noun(rest))
  const scope =
    fragment === undefined
      ? undefined
      : readTarget(fragment.replace(/\b(?:files?|exist|are there|is there)\b/gi, ' '), question)
  return {
    extensions: question.fileTypes.flatMap((type) => type.extensions),
    size: findSizeLimit(rest),
    type: isFolder ? 'directory' : 'file',
    scope,
  }
}

/** "Which Python files does project-beta contain?" names its folder as the subject; "find *.ts src/" bare. */
function subjectScope(rest: string): string | undefined {
  const subject = /\b(?:does|do)\s+(?<subject>.+?)\s+(?:contain|have|hold|include)s?\b/i.exec(rest)?.groups?.['subject']
  if (subject !== undefined && !/^(?:we|i|you|it|they)$/i.test(subject)) return subject
  return /‹p\d+›/.exec(rest)?.[0]
}

function noun(rest: string): string {
  return /\b(?:folders?|director(?:y|ies)|subfolders?)\b/i.test(rest) && !/\bfiles?\b/i.test(rest) ? 'folder' : 'file'
}

/** `./x` and a glob on any depth are patterns for the path below the scope. */
function rootless(glob: string): string {
  return glob.replace(/^\.\//, '').replace(/^\*\*\/(?=[^/]+$)/, '')
}
