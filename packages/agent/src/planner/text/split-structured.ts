import type { NumberedLine, Passage } from './passages.js'

type Piece = Omit<Passage, 'path'>

const LONGEST_BLOCK = 8
const SECTION = /^\s*\[{1,2}[^\]]+\]{1,2}\s*$/
const COMMENT = /^\s*(?:#|\/\/|\/?\*|--|;|"""|''')/

/**
 * Splits code and settings into blocks between blank lines, at most eight lines each; the context of a block is
 * the lines that enclose it by indentation, or its `[section]`.
 */
export function splitStructured(lines: readonly NumberedLine[]): readonly Piece[] {
  const pieces: Piece[] = []
  const enclosing: { readonly indent: number; readonly line: NumberedLine }[] = []
  let open: NumberedLine[] = []
  let context: readonly NumberedLine[] = []
  const close = (): void => {
    if (open.length > 0) pieces.push({ lines: open, context })
    open = []
  }
  for (const line of lines) {
    if (line.text.trim() === '') {
      close()
      continue
    }
    const indent = line.text.search(/\S/)
    while (enclosing.length > 0 && isClosedBy(enclosing.at(-1), line, indent)) enclosing.pop()
    if (open.length >= LONGEST_BLOCK || changesDepth(open.at(-1), indent)) close()
    if (open.length === 0) context = enclosing.map((entry) => entry.line)
    open.push(line)
    if (!COMMENT.test(line.text)) enclosing.push({ indent: SECTION.test(line.text) ? -1 : indent, line })
  }
  close()
  return pieces
}

function isClosedBy(
  entry: { readonly indent: number; readonly line: NumberedLine } | undefined,
  line: NumberedLine,
  indent: number,
): boolean {
  if (entry === undefined) return false
  return SECTION.test(line.text) || entry.indent >= indent
}

/** A new block begins where the text steps out again, so that a key and its children stay together. */
function changesDepth(previous: NumberedLine | undefined, indent: number): boolean {
  return previous !== undefined && previous.text.search(/\S/) > indent && !/^\s*[)\]}]/.test(previous.text)
}
