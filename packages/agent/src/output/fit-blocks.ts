import { cutLine, sliceBytes } from './cut-line.js'
import type { OutputLimits } from './output-limits.js'

/** What of a list of blocks fits into an output. */
export interface FittedBlocks {
  readonly text: string
  /** How many blocks are shown, from the first on. */
  readonly shown: number
  /** Positions of the shown blocks with a line that was cut. */
  readonly cut: readonly number[]
}

/**
 * Gives as many whole blocks as the limits allow, cutting only lines that are too long by themselves.
 *
 * A block is what belongs together: a line of a file, or a match with its context. The first one is always shown, cut to
 * the limit when it must be, so that every call makes progress.
 */
export function fitBlocks(blocks: Iterable<string>, limits: OutputLimits): FittedBlocks {
  const parts: string[] = []
  const cut: number[] = []
  let lines = 0
  let bytes = 0
  for (const block of blocks) {
    const shortened = cutLines(block, limits)
    lines += shortened.lines
    bytes += Buffer.byteLength(shortened.text)
    if (parts.length > 0 && (lines > limits.lines || bytes > limits.bytes)) break
    const tooLarge = bytes > limits.bytes
    if (tooLarge || shortened.cut) cut.push(parts.length)
    parts.push(tooLarge ? sliceBytes(shortened.text, limits.bytes) : shortened.text)
  }
  return { text: parts.join(''), shown: parts.length, cut }
}

function cutLines(block: string, limits: OutputLimits): { text: string; cut: boolean; lines: number } {
  const lines = splitLines(block).map((line) => cutLine(line, limits.lineCharacters))
  return { text: lines.map(({ text }) => text).join(''), cut: lines.some((line) => line.cut), lines: lines.length }
}

/** Gives the lines of a text with their endings; the last one may have none. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
