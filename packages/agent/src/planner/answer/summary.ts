import type { FileLines } from '../decode-tool-result.js'
import { splitPassages } from '../text/passages.js'
import type { NumberedLine, Passage } from '../text/passages.js'
import { cite, counted, quote } from './cite.js'
import { codeOutline, isCode } from './code-outline.js'
import { numbered } from './rank-passages.js'

const MOST_SECTIONS = 24
const MOST_LINES = 40
const OPENING_LINES = 4

/** Summarises a file by its own words: the title, the opening paragraph, and each heading with the line below it. */
export function summariseFile(file: FileLines): string {
  const title = cite(counted(file.totalLines, 'line'), file.path)
  const lines = outline(file, MOST_SECTIONS)
  if (lines.length === 0) return `The file has no text to summarise: ${file.path}`
  const cut =
    file.lines.length < file.totalLines ? [`(only the first ${String(file.lines.length)} lines were read)`] : []
  return [title, ...lines.slice(0, MOST_LINES), ...cut].join('\n')
}

/** Summarises a folder: how many files of which kind, its README in full outline, and how the other files begin. */
export function summariseFolder(input: {
  readonly folder: string
  readonly total: number
  readonly paths: readonly string[]
  readonly files: readonly FileLines[]
}): string {
  const { folder, total, paths, files } = input
  const where = folder === '.' ? 'The root folder' : folder
  const title = `${where} holds ${counted(total, 'file')} (${kinds(paths)}).`
  const [first, ...others] = files
  if (first === undefined) return title
  const isReadme = /(?:^|\/)readme\.\w+$/i.test(first.path)
  const openings = (isReadme ? others : files).flatMap(opening)
  const lines = [...(isReadme ? outline(first, 10).slice(0, 20) : []), ...openings]
  const unread = total - files.length
  const more = unread > 0 ? [`(${counted(unread, 'more file')} not quoted)`] : []
  return [title, ...lines, ...more].join('\n')
}

/** Quotes how each section of a file begins, below its heading unless the headings are to be left out. */
export function outline(file: FileLines, sections: number, parts: 'all' | 'texts' = 'all'): readonly string[] {
  const code = isCode(file.path) ? codeOutline(numbered(file), sections) : []
  if (code.length > 0) return code.map((line) => quote(file.path, line.number, line.text))
  const passages = splitPassages(file.path, numbered(file))
  const headings = passages.filter(isHeading)
  if (headings.length === 0)
    return passages.slice(0, sections === 1 ? 1 : 4).flatMap((passage) => quoted(passage, sections === 1 ? 2 : 3))
  const lines: string[] = []
  headings.slice(0, sections).forEach((heading, index) => {
    const body = passages[passages.indexOf(heading) + 1]
    if (parts === 'all') lines.push(...quoted(heading, 1))
    if (body !== undefined && !isHeading(body)) lines.push(...quoted(body, index === 0 ? OPENING_LINES : 2))
  })
  return lines
}

/** How a file begins: its title, what stands right below it, and its first sentence in prose. */
function opening(file: FileLines): readonly string[] {
  if (isCode(file.path)) return outline(file, 3)
  const passages = splitPassages(file.path, numbered(file))
  const [first, second] = passages
  const prose = passages.slice(1).find(({ lines }) => /^\p{Lu}.*\s/u.test(lines[0]?.text ?? ''))
  const chosen = [first, second, prose].filter((passage) => passage !== undefined)
  return [...new Set(chosen)].flatMap((passage) => quoted(passage, passage === prose ? 3 : 1))
}

function isHeading({ lines }: Passage): boolean {
  return lines.length === 1 && /^#{1,6}\s/.test(lines[0]?.text ?? '')
}

function quoted(passage: Passage, most: number): readonly string[] {
  return firstSentenceLines(passage.lines, most).map((line) => quote(passage.path, line.number, line.text))
}

/** The lines up to the end of the first sentence, so that no claim stops in the middle. */
function firstSentenceLines(lines: readonly NumberedLine[], most: number): readonly NumberedLine[] {
  const end = lines.findIndex((line) => /[.!?:]["')*]*\s*$/.test(line.text))
  return lines.slice(0, Math.min(most, end === -1 ? most : Math.max(end + 1, 1)))
}

function kinds(paths: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const kind = /[^/]\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? 'no extension'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const sorted = [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
  return sorted
    .slice(0, 6)
    .map(([kind, count]) => `${String(count)} ${kind}`)
    .join(', ')
}
