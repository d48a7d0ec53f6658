import { FileContent, type ContentLines } from '@fsagent/content-cache'
import { limitsFor } from '../output/output-limits.js'
import { ToolError } from './tool-failure.js'
import type { ToolContext } from './tool.js'

/** Which lines of a file are asked for, counted from 1, both included, and how many are shown of them. */
export interface LinesRequest {
  /** As the caller spelled it. */
  readonly path: string
  readonly start: number
  readonly end: number
  /** Most lines to show, 0 for all of them without any limit. */
  readonly limit: number
}

/** Lines of a text file; numbers are `null` only where a very large file would have to be read as a whole. */
export interface TextLines extends Pick<ContentLines, 'bytes' | 'text' | 'encoding' | 'truncated' | 'cache'> {
  /** Relative to the root, as the caller spelled it. */
  readonly path: string
  readonly sizeBytes: number
  readonly start: number | null
  readonly lineCount: number | null
}

/**
 * Reads lines of a text file through the content cache, no more than can be shown.
 *
 * @throws ToolError `FILE_BINARY`; FileStateError as `DataRoot` does
 */
export async function readLines(request: LinesRequest, context: ToolContext): Promise<TextLines> {
  const { manager, signal, limits } = context
  const end = Math.min(request.end, request.start + limitsFor(limits, request.limit).lines - 1)
  const lines = await manager.contentCache.getLines(request.path, { start: request.start, end }, { signal })
  const found = await described(lines, request.path, context)
  const canBeWhole = request.limit === 0 && found.truncated && found.sizeBytes <= context.thresholds.mediumBytes
  return canBeWhole ? readWhole(found, () => request, context) : found
}

/**
 * Reads the last lines of a text file through the content cache.
 *
 * @throws ToolError `FILE_BINARY`, `FILE_TOO_LARGE`; FileStateError as `DataRoot` does
 */
export async function readLastLines(path: string, count: number, context: ToolContext): Promise<TextLines> {
  const lines = await context.manager.contentCache.getTail(path, count, { signal: context.signal })
  const found = await described(lines, path, context)
  const startOf = (lineCount: number): number => Math.max(1, lineCount - count + 1)
  if (found.truncated && found.lineCount === null) throw tooLarge(found, count)
  if (found.truncated) {
    return readWhole(found, (lineCount) => ({ path, start: startOf(lineCount), end: lineCount }), context)
  }
  return found.start === null && found.lineCount !== null ? { ...found, start: startOf(found.lineCount) } : found
}

/** More is asked for than the content cache gives at a time. */
async function readWhole(
  found: TextLines,
  rangeOf: (lineCount: number) => Pick<LinesRequest, 'path' | 'start' | 'end'>,
  { manager, signal, thresholds }: ToolContext,
): Promise<TextLines> {
  const { bytes } = await manager.root.readFile(found.path, { maxBytes: thresholds.mediumBytes, signal })
  const content = new FileContent(bytes)
  const { start, end } = rangeOf(content.lineCount)
  return {
    ...found,
    bytes: content.sliceLines(start, end),
    text: content.textOfLines(start, end),
    encoding: content.encoding,
    sizeBytes: content.byteLength,
    start,
    lineCount: content.lineCount,
    truncated: false,
  }
}

async function described(lines: ContentLines, userPath: string, context: ToolContext): Promise<TextLines> {
  const path = context.manager.root.resolve(userPath)
  const sizeBytes = Number(lines.signature.size)
  if (lines.isBinary) throw binaryFile(path, sizeBytes)
  const { bytes, text, encoding, truncated, cache, startLine: start } = lines
  const lineCount = lines.lineCount ?? (await countLines(userPath, sizeBytes, context))
  return { path, bytes, text, encoding, truncated, cache, sizeBytes, start, lineCount }
}

/** Counting means reading everything, so that it is done up to a size only. */
async function countLines(path: string, sizeBytes: number, context: ToolContext): Promise<number | null> {
  const { manager, signal, thresholds } = context
  if (sizeBytes > thresholds.mediumBytes) return null
  const { lines } = await manager.contentCache.getCounts(path, { signal })
  const last = await manager.contentCache.getTail(path, 1, { signal })
  return last.text === '' || last.text.endsWith('\n') ? lines : lines + 1
}

function binaryFile(path: string, sizeBytes: number): ToolError {
  return new ToolError({
    code: 'FILE_BINARY',
    message: `Cannot read "${path}" as text: it is a binary file of ${sizeBytes} bytes`,
    details: { size: sizeBytes },
  })
}

function tooLarge({ path, sizeBytes }: TextLines, count: number): ToolError {
  return new ToolError({
    code: 'FILE_TOO_LARGE',
    message: `Cannot read the last ${count} lines of "${path}": they are too long, ask for fewer`,
    details: { size: sizeBytes },
  })
}
