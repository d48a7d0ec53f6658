import { fitBlocks, splitLines, type FittedBlocks } from '../output/fit-blocks.js'
import { limitsFor } from '../output/output-limits.js'
import type { LinesRequest, TextLines } from './read-lines.js'
import type { ToolCall } from './tool-result.js'
import type { ToolContext, ToolOutput } from './tool.js'

/** Gives lines of a file exactly as they are, as far as the limits allow. */
export function linesOutput(lines: TextLines, request: LinesRequest, context: ToolContext): ToolOutput {
  const pieces = wholePieces(lines)
  const fitted =
    request.limit === 0
      ? { text: pieces.join(''), shown: pieces.length, cut: [] }
      : fitBlocks(pieces, limitsFor(context.limits, request.limit))
  const start = lines.start ?? 1
  const last = start + fitted.shown - 1
  const total = totalOf(lines, request, fitted.shown)
  const numbered = lines.start !== null
  const bytes = bytesOf(lines, pieces, fitted.shown)
  const lossy = lines.encoding === 'utf-8-lossy' && fitted.cut.length === 0
  const data = {
    path: lines.path,
    start_line: numbered ? start : null,
    end_line: numbered ? last : null,
    total_lines: lines.lineCount,
    encoding: lines.encoding,
    bytes: bytes.byteLength,
    // What text cannot say exactly is there as bytes too.
    ...(lossy ? { base64: Buffer.from(bytes).toString('base64') } : {}),
  }
  const output = { text: fitted.text, data, shown: fitted.shown, total, cache: lines.cache }
  const remark = remarkOf(lines, fitted, last)
  const next = numbered ? nextLines(last + 1, request, context) : null
  if (lines.truncated && pieces.length <= 1) {
    return { ...output, truncation: { shown: `${remark}, not to its end`, next: null } }
  }
  if (fitted.shown < total) return { ...output, truncation: { shown: remark, next } }
  if (fitted.cut.length === 0) return output
  return { ...output, truncation: { shown: remark, next: numbered ? wholeLines(lines, fitted, start) : null } }
}

/** A last line of which a part is missing is left to the next call, unless it is all there is. */
function wholePieces({ text, truncated }: TextLines): readonly string[] {
  const pieces = splitLines(text)
  return truncated && pieces.length > 1 && !text.endsWith('\n') ? pieces.slice(0, -1) : pieces
}

/** How many lines were asked for and are there. */
function totalOf({ lineCount }: TextLines, { start, end }: LinesRequest, shown: number): number {
  if (lineCount !== null) return Math.max(0, Math.min(end, lineCount) - start + 1)
  return Number.isFinite(end) ? end - start + 1 : shown + 1
}

function nextLines(start: number, request: LinesRequest, context: ToolContext): ToolCall {
  const { limit } = context.call.arguments
  const end = Number.isFinite(request.end) ? { end_line: request.end } : {}
  return {
    tool: 'cat',
    arguments: { path: request.path, start_line: start, ...end, ...(limit === undefined ? {} : { limit }) },
  }
}

function wholeLines(lines: TextLines, { cut }: FittedBlocks, start: number): ToolCall {
  const range = { start_line: start + (cut[0] ?? 0), end_line: start + (cut.at(-1) ?? 0) }
  return { tool: 'cat', arguments: { path: lines.path, ...range, limit: 0 } }
}

function remarkOf(lines: TextLines, { shown, cut }: FittedBlocks, last: number): string {
  if (lines.start === null) return `Shown: ${shown} of the last lines`
  const start = lines.start
  const extent = `Shown: lines ${start} to ${last} of ${lines.lineCount ?? 'many'}`
  return extent + cutRemark(cut.map((index) => start + index))
}

/** Gives the words that say which lines are cut, nothing when none is. */
export function cutRemark(cutLines: readonly number[]): string {
  if (cutLines.length === 0) return ''
  const named = cutLines.slice(0, 5)
  const more = cutLines.length > named.length ? ` and ${cutLines.length - named.length} more` : ''
  return `, long lines cut: ${named.join(', ')}${more}`
}

/** The lines that are shown, as they are on disk; of UTF-16 a text of the same length. */
function bytesOf(lines: TextLines, pieces: readonly string[], shown: number): Uint8Array {
  if (shown === pieces.length && !lines.truncated) return lines.bytes
  if (lines.encoding.startsWith('utf-16')) return Buffer.from(pieces.slice(0, shown).join(''), 'utf16le')
  let end = 0
  for (let line = 0; line < shown; line += 1) end = lines.bytes.indexOf(0x0a, end) + 1
  return lines.bytes.subarray(0, end)
}
