import { KNOWN_EXTENSIONS } from './file-types.js'

/** A regular expression written between slashes. */
export interface PatternMention {
  readonly source: string
  readonly ignoreCase: boolean
}

/**
 * A question whose quotations, regular expressions and paths were replaced by placeholders such as `‹p0›`, so that
 * what they contain cannot be mistaken for the words of the question.
 */
export interface MaskedText {
  readonly masked: string
  readonly quotes: readonly string[]
  readonly patterns: readonly PatternMention[]
  readonly paths: readonly string[]
}

const QUOTED =
  /"([^"\n]+)"|“([^”\n]+)”|„([^“”\n]+)[“”]|«\s*([^»\n]+?)\s*»|`([^`\n]+)`|(?<=^|[\s(])['‘]([^\n]+?)['’](?=$|[\s).,;:?!])/g
const PATTERN = /(?<=^|[\s("])\/((?:\\.|[^/\n\\])+)\/([a-z]{0,4})(?=$|[\s).,;:?!"])/g
const META = /[\\[\](){}*+?|^$]|\.[*+]/
const BEFORE_PATTERN = /\b(?:regex|regexp|pattern|expression|match|matches|matching|grep|for)\s*:?\s*$/i
const WORD = /[^\s,;"'‹›()]+/g
const NOT_PATHS = new Set([
  'and/or',
  'he/she',
  'yes/no',
  'client/server',
  'read/write',
  'input/output',
  'true/false',
  'n/a',
  'i/o',
  'e.g',
  'i.e',
  'a.m',
  'p.m',
  'etc',
])
const JOINERS = new Set([
  'and',
  'with',
  'to',
  'in',
  'of',
  'from',
  'for',
  'or',
  'vs',
  'versus',
  'the',
  'is',
  'are',
  'about',
  'mention',
  'contain',
])

/** Replaces what a question quotes; every placeholder can be put back with `unmask`. */
export function mask(text: string): MaskedText {
  const quotes: string[] = []
  const patterns: PatternMention[] = []
  const paths: string[] = []
  let masked = text.replaceAll('‹', '<').replaceAll('›', '>')
  masked = masked.replace(PATTERN, (...match: readonly unknown[]) => {
    const [whole, source, flags, offset] = [String(match[0]), String(match[1]), String(match[2]), Number(match[3])]
    if (!META.test(source) && !BEFORE_PATTERN.test(masked.slice(0, offset))) return whole
    patterns.push({ source, ignoreCase: flags.includes('i') })
    return `‹r${String(patterns.length - 1)}›`
  })
  masked = masked.replace(QUOTED, (whole: string, ...groups: unknown[]) => {
    const inner = groups.slice(0, 6).find((group) => typeof group === 'string')
    if (typeof inner !== 'string' || inner.includes('‹')) return whole
    if (isPathLike(inner.trim(), true)) return placePath(inner.trim(), paths)
    quotes.push(inner)
    return `‹q${String(quotes.length - 1)}›`
  })
  masked = joinSpacedPaths(masked).replace(WORD, (word) => {
    const bare = word.replace(/^[<[{]+/, '').replace(/(?:[?!:\]}>]|\.(?=$))+$/, '')
    if (bare === '' || !isPathLike(bare, false)) return word
    return word.replace(bare, () => placePath(bare, paths))
  })
  return { masked, quotes, patterns, paths: paths.map((path) => path.replaceAll('\uE000', ' ')) }
}

/** Puts quoted texts, patterns and paths back in place of their placeholders. */
export function unmask(text: string, { quotes, patterns, paths }: Omit<MaskedText, 'masked'>): string {
  return text.replace(/‹([pqr])(\d+)›/g, (whole, kind: string, digits: string) => {
    const index = Number(digits)
    if (kind === 'p') return paths[index] ?? whole
    if (kind === 'q') return quotes[index] ?? whole
    return patterns[index]?.source ?? whole
  })
}

function placePath(path: string, paths: string[]): string {
  paths.push(path)
  return `‹p${String(paths.length - 1)}›`
}

/** `notes/field trip plan.md` without quotation marks: words up to the one that carries the extension belong to it. */
function joinSpacedPaths(text: string): string {
  return text.replace(
    /(?<=^|\s)([\w.-]+\/[^\s,;]*)((?: [^\s,;/]+){1,5})(?=$|[\s,;?!])/g,
    (whole, first: string, more: string) => {
      if (/\.\w{1,8}$/.test(first) || first.endsWith('/')) return whole
      const words = more.trim().split(' ')
      const last = words.findIndex((word) => hasKnownExtension(word.replace(/[?!.]+$/, '')))
      if (last === -1 || words.slice(0, last + 1).some((word) => JOINERS.has(word.toLowerCase()))) return whole
      return [[first, ...words.slice(0, last + 1)].join('\uE000'), ...words.slice(last + 1)].join(' ')
    },
  )
}

function isPathLike(word: string, quoted: boolean): boolean {
  if (/^https?:|^[a-z]+:\/\/|\n/i.test(word) || NOT_PATHS.has(word.toLowerCase())) return false
  if (/^[A-Z]{1,5}\/[A-Z0-9.]{1,4}$/.test(word)) return false
  if (word.includes('@') && !word.includes('/')) return false
  if (quoted && /\s/.test(word)) return hasKnownExtension(word) || /^[^\s]+\/\S/.test(word)
  if (word === '.' || word === '..') return true
  if (word.includes('/')) return /[\p{L}\p{N}.*]/u.test(word) && !/^\d+\/\d+$/.test(word)
  if (/[*?]/.test(word))
    return /^[\w.*?[\]{}-]+$/.test(word) && /[\w.]/.test(word) && (word.includes('.') || word.includes('*'))
  if (/^\.[a-z][\w-]*(?:\.\w+)*$/i.test(word)) return !KNOWN_EXTENSIONS.has(word.slice(1).toLowerCase()) || quoted
  return hasKnownExtension(word)
}

function hasKnownExtension(word: string): boolean {
  const match = /^[^\s]*?[\p{L}\p{N}_)-]\.([a-z0-9]{1,8})$/iu.exec(word.replaceAll(' ', '_'))
  return match !== null && KNOWN_EXTENSIONS.has((match[1] ?? '').toLowerCase())
}
