import { diffArrays } from 'diff'
import type { FileLines } from '../decode-tool-result.js'
import { cite, counted, quote } from './cite.js'

const MOST_SHOWN = 15

/** Says how two files differ: what only one of them holds, line by line, and how much they share. */
export function compareFiles(left: FileLines, right: FileLines): string {
  const { onlyLeft, onlyRight, shared } = difference(left, right)
  const title = [
    cite(`First: ${counted(left.totalLines, 'line')}`, left.path),
    cite(`Second: ${counted(right.totalLines, 'line')}`, right.path),
  ]
  const cut = [left, right].some((file) => file.lines.length < file.totalLines)
  const note = cut ? ['Only the beginning of the longer file was compared.'] : []
  if (onlyLeft.length === 0 && onlyRight.length === 0)
    return [...title, ...note, 'The two files have the same lines.'].join('\n')
  return [
    ...title,
    ...note,
    `Lines in both, blank ones not counted: ${String(shared)}.`,
    ...section('Only in the first', left.path, onlyLeft),
    ...section('Only in the second', right.path, onlyRight),
  ].join('\n')
}

interface PlacedLine {
  readonly number: number
  readonly text: string
}

function difference(
  left: FileLines,
  right: FileLines,
): { onlyLeft: PlacedLine[]; onlyRight: PlacedLine[]; shared: number } {
  const onlyLeft: PlacedLine[] = []
  const onlyRight: PlacedLine[] = []
  let shared = 0
  let leftNumber = left.start
  let rightNumber = right.start
  // Beyond this many edits two files have nothing to do with each other; every line is then listed as its own.
  const changes = diffArrays([...left.lines], [...right.lines], { maxEditLength: 6_000 }) ?? [
    { value: [...left.lines], removed: true, added: false },
    { value: [...right.lines], removed: false, added: true },
  ]
  for (const change of changes) {
    for (const text of change.value) {
      const isBlank = /^[\s|:=-]*$/.test(text)
      if (change.removed && !isBlank) onlyLeft.push({ number: leftNumber, text })
      if (change.added && !isBlank) onlyRight.push({ number: rightNumber, text })
      if (!change.added && !change.removed && !isBlank) shared += 1
      if (!change.added) leftNumber += 1
      if (!change.removed) rightNumber += 1
    }
  }
  return { onlyLeft, onlyRight, shared }
}

function section(title: string, path: string, lines: readonly PlacedLine[]): readonly string[] {
  if (lines.length === 0) return []
  const shown = lines.slice(0, MOST_SHOWN)
  const more =
    lines.length > shown.length ? ` (the first ${String(shown.length)} of ${String(lines.length)} lines)` : ''
  return ['', `${title}${more}:`, ...shown.map((line) => quote(path, line.number, line.text))]
}
