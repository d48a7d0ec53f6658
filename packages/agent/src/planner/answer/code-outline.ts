import type { NumberedLine } from '../text/passages.js'

const DEFINITION =
  /^(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:public\s+|private\s+|protected\s+|static\s+|abstract\s+|final\s+)*(?:async\s+)?(?:def|class|function\*?|func|fn|interface|type|enum|struct|trait|impl|module|namespace|object|record)\s+[\w$]|^(?:export\s+)?(?:const|let|var|val)\s+[\w$]+\s*(?::[^=]+)?=\s*(?:async\s*)?(?:\(|function\b|\w+\s*=>)|^[A-Z][A-Z0-9_]+\s*(?::[^=]+)?=|^module\.exports\b|^exports?\.\w+\s*=|^create\s+(?:or\s+replace\s+)?(?:table|view|index|function)\b/i
const COMMENT = /^\s*(?:\/\/|#(?!!)|\/\*|\*|"""|'''|--|;)/
const EMPTY_COMMENT = /^\s*(?:\/\*+|\*+\/?|"""|'''|#+|--)\s*$/
const OPENING_LINES = 4
const OPENING_WITHIN = 15

/** Gives the lines that say what a file of code is: its opening comment and what it defines at the top level. */
export function codeOutline(lines: readonly NumberedLine[], most: number): readonly NumberedLine[] {
  const opening = openingComment(lines)
  const definitions = lines.filter((line) => DEFINITION.test(line.text) && !opening.includes(line))
  return [...opening, ...definitions.slice(0, Math.max(0, most - opening.length))]
}

/** Gives the comment that a file of code begins with, without the lines that hold its marks alone. */
export function openingComment(all: readonly NumberedLine[]): readonly NumberedLine[] {
  const lines = all.slice(0, OPENING_WITHIN)
  const start = lines.findIndex((line) => COMMENT.test(line.text) && !EMPTY_COMMENT.test(line.text))
  if (start === -1) return []
  const rest = lines.slice(start)
  const isBlock = /^\s*(?:"""|'''|\/\*)/.test(rest[0]?.text ?? '')
  const end = rest.findIndex(
    (line, index) => index > 0 && (line.text.trim() === '' || (!isBlock && !COMMENT.test(line.text))),
  )
  return rest
    .slice(0, Math.min(end === -1 ? rest.length : end, OPENING_LINES))
    .filter((line) => !EMPTY_COMMENT.test(line.text))
}

/** True for files whose structure is in definitions, not in headings. */
export function isCode(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|pyi?|go|rs|java|kts?|scala|swift|dart|c|h|cc|cpp|hpp|cs|rb|php|pl|lua|sql|sh|bash)$/i.test(
    path,
  )
}
