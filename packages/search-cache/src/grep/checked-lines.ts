import { read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import type { CanonicalGrep } from '../canonical-query.js'
import type { EngineMatch } from '../engine/search-engine.js'
import type { ResultAllowance } from '../result-allowance.js'
import type { GrepFile, GrepLine } from '../search-result.js'
import { isSameLine, LineExtractor, lineText, rangesAround, type ExtractedLines } from './line-extractor.js'

/** A file that was opened through the root. */
export interface OpenedFile {
  readonly path: string
  readonly descriptor: number
  readonly sizeBytes: bigint
}

/** What is asked, and within which bounds. */
export interface CheckOptions {
  readonly query: CanonicalGrep
  readonly allowance: ResultAllowance
  readonly signal: AbortSignal
}

/** What the bytes of the file make of what the engine said about it. */
export type CheckedFile = GrepFile | 'binary' | 'different'

const PIECE_BYTES = 1024 * 1024
const readPiece = promisify(read)

/**
 * Makes a result out of the bytes of a file that was opened through the root. The engine only says which lines match:
 * it opens files by their paths, and a directory could have been swapped for a link in that moment.
 *
 * @returns `different` when the lines are not there as the engine saw them, `binary` when there is a NUL byte
 * @throws SearchError SEARCH_RESULT_TOO_LARGE
 */
export async function checkLines(file: OpenedFile, match: EngineMatch, options: CheckOptions): Promise<CheckedFile> {
  const { query, allowance, signal } = options
  const isContent = query.mode === 'content'
  const numbers = match.lines.map((line) => line.line)
  const ranges = rangesAround(numbers, isContent ? query.before : 0, isContent ? query.after : 0)
  const extracted = await extract(file, new LineExtractor(ranges, allowance), signal)
  if (extracted.hasNul) return 'binary'
  for (const { line, bytes } of match.lines) {
    const found = extracted.lines.get(line)
    if (found === undefined || !isSameLine(found, bytes)) return 'different'
  }
  const matches = isContent ? grepLines(extracted, new Set(numbers)) : []
  return { path: file.path, count: match.count, matches }
}

function grepLines(extracted: ExtractedLines, matching: ReadonlySet<number>): GrepLine[] {
  const lines: GrepLine[] = []
  for (const [line, bytes] of extracted.lines)
    lines.push({ line, ...lineText(bytes), kind: matching.has(line) ? 'match' : 'context' })
  return lines
}

/**
 * Small files are read at once: waiting for a thread costs ten times as much as reading. What is appended to a file faster
 * than it can be read has no end, so that only what was there at first is read.
 */
async function extract(file: OpenedFile, extractor: LineExtractor, signal: AbortSignal): Promise<ExtractedLines> {
  if (file.sizeBytes < PIECE_BYTES) {
    const buffer = Buffer.allocUnsafe(Number(file.sizeBytes) + 1)
    let length = 0
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(file.descriptor, buffer, length, buffer.length - length, length)
    extractor.push(buffer.subarray(0, length))
    return extractor.finish()
  }
  for (let position = 0; position < file.sizeBytes;) {
    signal.throwIfAborted()
    const buffer = Buffer.allocUnsafe(PIECE_BYTES)
    const { bytesRead } = await readPiece(file.descriptor, buffer, 0, PIECE_BYTES, position)
    if (bytesRead === 0) break
    extractor.push(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
  return extractor.finish()
}
