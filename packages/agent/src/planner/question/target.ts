import { written } from './read-question.js'
import type { Question } from './read-question.js'

/** What a question points at: a path as written, a phrase to be found among the names, or everything. */
export type Target =
  | { readonly kind: 'root' }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'phrase'; readonly phrase: string }

const ROOT_WORDS =
  /^(?:here|everywhere|anywhere|somewhere|everything|anything|all(?: files| folders| of (?:it|them))?|(?:this |the |my |our |all )*(?:root|top|top level|data root|files?|folders?|director(?:y|ies)|repo(?:sitory)?|code ?base|workspace|whole tree)(?: folder| directory)?|there|it all|it)$/i
/** Words that mean everything unless a folder carries exactly this name. */
const ROOT_LIKE = /^(?:data|documents?|docs|code|tree|sources?|project|notes|archive|store)$/i
/** True for a phrase such as "the data" that means everything when no folder is called so. */
export function isRootLike(phrase: string): boolean {
  return ROOT_LIKE.test(phrase)
}

const LEADING =
  /^(?:(?:the|a|an|our|my|your|this|that|all|any|every|each|its|their|of|in|at|for|to|me|us|named|called|about|just|only|complete|whole|entire|full|actual|current|text|contents?(?=\s+of)|file|files|folder|folders|director(?:y|ies)|document|documents|subfolder|module|package(?=\s+‹)|csv(?=\s+‹)|log(?=\s+‹)|script|table(?=\s+‹))\s+)+/i
const TRAILING = /\s+(?:files?|folders?|director(?:y|ies)|subfolders?|documents?|please|there|instead|again)$/i

/** Reads a fragment of a masked question as a target. */
export function readTarget(fragment: string, question: Question): Target {
  const bare = stripWords(fragment)
  if (bare === '' || ROOT_WORDS.test(bare) || ROOT_WORDS.test(fragment.trim())) return { kind: 'root' }
  const [placeholder] = /‹p\d+›/.exec(bare) ?? []
  if (placeholder !== undefined) {
    const path = written(placeholder, question)
    const others = bare.replace(placeholder, ' ').trim()
    if (path.includes('/') || path === '.' || path === '..' || others === '') return { kind: 'path', path }
  }
  return { kind: 'phrase', phrase: written(bare, question) }
}

/** Takes away articles and words such as "folder" or "the file" around a name. */
export function stripWords(fragment: string): string {
  let text = fragment
    .replaceAll(/[,;:?!]+(?=\s|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  for (let before = ''; before !== text;) {
    before = text
    text = `${text} `.replace(LEADING, '').trim()
    const shorter = text.replace(TRAILING, '')
    if (shorter.trim() !== '') text = shorter.trim()
  }
  return text
}

const SCOPE =
  /^(?<rest>.*?)\s*\b(?:in|under|inside|within|below|across|throughout|beneath|from|of|among|on|according to)\s+(?<scope>(?:(?!\b(?:in|under|inside|within|below|across|throughout|from|that|which|who|where|mention(?:s|ing)?|contain(?:s|ing)?|match(?:es|ing)?|for|is|are|does|do|did|have|has|and|or|with|when|to|by)\b)[^,;])+)$/iu

/** Parts a fragment at its last "in …", "under …": what it says and where. */
export function splitScope(fragment: string): { readonly rest: string; readonly scope: string | undefined } {
  const match = SCOPE.exec(fragment.trim().replace(/[\s,;.?!]+$/, ''))
  const scope = match?.groups?.['scope']?.trim()
  if (match === null || scope === undefined || scope.split(' ').length > 6)
    return { rest: fragment.trim(), scope: undefined }
  return { rest: (match.groups?.['rest'] ?? '').trim(), scope }
}
