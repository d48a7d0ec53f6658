import type { FileSignature } from '@fsagent/file-state'
import type { CacheReport } from './cache-report.js'
import type { FileContent } from './file-content.js'
import { checkFirstLine } from './line-index.js'
import { encodingOf, type TextEncoding } from './text-encoding.js'

/** Lines counted from 1, both ends included. */
export interface LineRange {
  readonly start: number
  /** By default the last line. */
  readonly end?: number | undefined
}

/** Lines of a file; `bytes`, `text` and `encoding` are computed each time they are asked for. */
export interface ContentLines {
  /** Relative to the root, without symbolic links. */
  readonly path: string
  /** The lines as they are on disk. */
  readonly bytes: Uint8Array
  /** The lines decoded; bytes that cannot be decoded become U+FFFD. */
  readonly text: string
  /** Of these lines: `utf-8` even when other lines are not. */
  readonly encoding: TextEncoding
  /** Whether the file is binary. */
  readonly isBinary: boolean
  /** Number of the first line; `null` for the last lines of a file above `maxFileSize`, which is not read from the start. */
  readonly startLine: number | null
  /** Number of the last line; one less than `startLine` when there are no lines, `null` where `startLine` is. */
  readonly endLine: number | null
  /** Lines in the file, `null` when that would have meant to read more of a file above `maxFileSize`. */
  readonly lineCount: number | null
  /** Whether bytes are missing because the lines have too many: more than `maxFileSize`, and more than 10 MiB. */
  readonly truncated: boolean
  readonly signature: FileSignature
  readonly cache: CacheReport
}

/** The figures of GNU `wc`. */
export interface ContentCounts {
  /** Relative to the root, without symbolic links. */
  readonly path: string
  /** Newline bytes. */
  readonly lines: number
  readonly words: number
  readonly bytes: number
  readonly signature: FileSignature
  readonly cache: CacheReport
}

interface Found {
  readonly path: string
  readonly content: FileContent
  readonly signature: FileSignature
  readonly cache: CacheReport
}

/** The lines of a range. @throws RangeError when it does not begin at an integer of 1 or more */
export function linesOf(found: Found, { start, end = Infinity }: LineRange): ContentLines {
  const { content, path, signature, cache } = found
  const { kind, lineCount, isBinary } = content
  checkFirstLine(start)
  return {
    path,
    // Computed when asked for: most callers want the text or the bytes, and a hit costs little more than one stat.
    get bytes() {
      return content.sliceLines(start, end)
    },
    get text() {
      return content.textOfLines(start, end)
    },
    get encoding() {
      return encodingOf(content.sliceLines(start, end), kind)
    },
    isBinary,
    startLine: start,
    endLine: Math.max(start - 1, Math.min(Math.floor(end), lineCount)),
    lineCount,
    truncated: false,
    signature,
    cache,
  }
}

/** The last lines. */
export function tailOf(found: Found, lines: number): ContentLines {
  const { lineCount } = found.content
  return linesOf(found, { start: Math.max(1, lineCount - Math.floor(lines) + 1), end: lineCount })
}

/** The figures of `wc`. */
export function countsOf({ path, content, signature, cache }: Found): ContentCounts {
  return {
    path,
    lines: content.newlineCount,
    words: content.wordCount(),
    bytes: content.byteLength,
    signature,
    cache,
  }
}
