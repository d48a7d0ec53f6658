import type { FileLines } from '../decode-tool-result.js'
import type { NumberedLine } from '../text/passages.js'
import { declarations, declaresSomething } from '../text/declarations.js'
import { quote } from './cite.js'
import { openingComment } from './code-outline.js'
import { numbered } from './rank-passages.js'

/** Lines read before and after a declaration. */
export const linesAbove = 12
export const linesBelow = 160

const MOST_COMMENT = 6
const MOST_MEMBERS = 25
const MOST_BODY = 6
const COMMENT = /^\s*(?:\/\*\*?|\*|\/\/|#(?!\[)|--|@|\[)/
const EMPTY = /^\s*(?:\/\*+|\*+\/?|"""|'''|#+|--)?\s*$/
/** What is known by its methods. */
const HOLDER = /\b(?:class|struct|trait|impl|object|module|protocol)\b/
const CLOSING = /^\s*[}\])]+;?\s*$/
const METHOD = new RegExp(declarations[0]?.pattern ?? '')

/** Says what a declaration is for in the words of the code: its comment, its line, its members or how it begins. */
export function describeDeclaration(file: FileLines, line: number): readonly string[] {
  const lines = numbered(file)
  const index = lines.findIndex(({ number }) => number === line)
  const declared = lines[index]
  if (declared === undefined) return []
  const body = bodyOf(lines.slice(index + 1), indentOf(declared.text))
  const doc = docString(body)
  const own = [...commentAbove(lines.slice(0, index)), ...doc]
  // A file that holds one thing often says at its top what that is.
  const comment = own.length === 0 && file.start === 1 ? openingComment(lines) : own
  const members = HOLDER.test(declared.text) ? membersOf(body.slice(doc.length)) : []
  const rest = body.filter((one) => !doc.includes(one) && !EMPTY.test(one.text) && !CLOSING.test(one.text))
  const shown = members.length > 0 ? members.slice(0, MOST_MEMBERS) : rest.slice(0, comment.length > 0 ? 2 : MOST_BODY)
  const all = [declared, ...comment.slice(0, MOST_COMMENT), ...shown]
  return all.map(({ number, text }) => quote(file.path, number, text))
}

/** The methods, each with the first line of what is said of it. */
function membersOf(body: readonly NumberedLine[]): readonly NumberedLine[] {
  const indent = Math.min(...body.filter(({ text }) => text.trim() !== '').map(({ text }) => indentOf(text)))
  return body.flatMap((line, index) => {
    const { text } = line
    if (indentOf(text) !== indent || !METHOD.test(text) || !declaresSomething(text)) return []
    const above = commentAbove(body.slice(0, index))
    const said = above.length > 0 ? above : docString(body.slice(index + 1))
    return [line, ...said.slice(0, 1)]
  })
}

function commentAbove(lines: readonly NumberedLine[]): readonly NumberedLine[] {
  const start = lines.findLastIndex(({ text }) => !COMMENT.test(text)) + 1
  return lines.slice(start).filter(({ text }) => !EMPTY.test(text))
}

function docString(body: readonly NumberedLine[]): readonly NumberedLine[] {
  const quoteMark = /^\s*(?:"""|''')/.exec(body[0]?.text ?? '')?.[0]?.trim()
  if (quoteMark === undefined) return []
  const oneLine = (body[0]?.text.split(quoteMark).length ?? 0) > 2
  const end = oneLine ? 0 : body.findIndex(({ text }, index) => index > 0 && text.includes(quoteMark))
  return body.slice(0, end + 1).filter(({ text }) => !EMPTY.test(text))
}

/** Up to the first line that is indented as little as the declaration and closes or follows it. */
function bodyOf(lines: readonly NumberedLine[], indent: number): readonly NumberedLine[] {
  const end = lines.findIndex(({ text }) => text.trim() !== '' && indentOf(text) <= indent && !/^\s*[)\]{]/.test(text))
  return end === -1 ? lines : lines.slice(0, end)
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length
}
