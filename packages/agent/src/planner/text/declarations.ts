/** Kinds of declarations that people ask for. */
export type DeclarationKind = 'function' | 'class' | 'interface' | 'type' | 'enum' | 'constant'

/** A kind with the words that it is called by, and the line that begins one, for `grep`. */
interface Declaration {
  readonly kind: DeclarationKind
  readonly words: RegExp
  readonly pattern: string
}

const MODIFIERS = String.raw`(?:(?:export|default|pub(?:\([^)]*\))?|public|private|protected|internal|static|final|abstract|async|override|readonly|const|unsafe|declare)\s+)*`
const TYPED = String.raw`(?:\s*:[^=]+)?\s*=\s*`

/** What can be declared, in the languages whose keywords say so. */
export const declarations: readonly Declaration[] = [
  {
    kind: 'function',
    words: /^(?:functions?|methods?|procedures?|subroutines?|routines?|defs?)$/i,
    pattern: [
      String.raw`^\s*${MODIFIERS}(?:def|function\*?|func|fn|fun|sub)\s+(?:\([^)]*\)\s*)?[\w$]`,
      String.raw`^\s*${MODIFIERS}(?:const|let|var)\s+[\w$]+${TYPED}(?:async\s*)?(?:\([^)]*\)\s*(?::[^=]+)?=>|[\w$]+\s*=>|function\b)`,
      String.raw`^\s+(?:(?:public|private|protected|static|async|override|get|set)\s+)*\*?#?[\w$]+\s*(?:<[^>]*>)?\([^;]*\)\s*(?::\s*[^;={]+)?\{\s*$`,
      String.raw`^(?:create|CREATE)\s+(?:(?:or|OR)\s+(?:replace|REPLACE)\s+)?(?:function|procedure|FUNCTION|PROCEDURE)\s`,
    ].join('|'),
  },
  {
    kind: 'class',
    words: /^(?:class(?:es)?|structs?)$/i,
    pattern: String.raw`^\s*${MODIFIERS}(?:class|struct)\s+[\w$]`,
  },
  {
    kind: 'interface',
    words: /^(?:interfaces?|traits?|protocols?)$/i,
    pattern: String.raw`^\s*${MODIFIERS}(?:interface|trait|protocol)\s+[\w$]`,
  },
  { kind: 'type', words: /^(?:type(?: alias(?:es)?)?s?)$/i, pattern: String.raw`^\s*${MODIFIERS}type\s+[\w$]` },
  { kind: 'enum', words: /^enum(?:eration)?s?$/i, pattern: String.raw`^\s*${MODIFIERS}enum\s+[\w$]` },
  {
    kind: 'constant',
    words: /^constants?$/i,
    pattern: String.raw`^\s*${MODIFIERS}(?:let\s+|var\s+)?[A-Z][A-Z0-9_]*${TYPED}[^=\s]`,
  },
]

/** A statement that begins a block looks like a method without its keyword. */
const STATEMENT = /^\s*(?:\}\s*)?(?:if|else|for|foreach|while|switch|catch|return|with|do|try|when|using|lock)\b/

/** Whether a line that matched really declares something. */
export function declaresSomething(text: string): boolean {
  return !STATEMENT.test(text)
}
