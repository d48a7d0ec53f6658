import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { tooLargeError, type ResultAllowance } from '../result-allowance.js'

const LINE_FEED = 10
const UTF8_MARK = Buffer.of(0xef, 0xbb, 0xbf)

/** Lines from the first to the last, both included, counted from 1. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

/** What a file looks like around its matches. */
export interface ExtractedLines {
  /** The lines that were asked for, without their line feeds, as far as there are that many. */
  readonly lines: ReadonlyMap<number, Buffer>
  /** The file contains a NUL byte (of UTF-16 files: a NUL character). */
  readonly hasNul: boolean
}

/**
 * Takes lines out of a file that arrives in pieces, without keeping the rest. Text in UTF-16 with a byte order mark
 * becomes UTF-8, which is also how ripgrep reads it.
 */
export class LineExtractor {
  readonly #ranges: readonly LineRange[]
  readonly #allowance: ResultAllowance
  readonly #lines = new Map<number, Buffer>()
  #decoder: TextDecoder | undefined
  #begun = false
  #line = 1
  #range = 0
  #pending: Buffer[] = []
  /** The line has begun, whether it is wanted or not. */
  #lineBegun = false
  #hasNul = false

  /** @param ranges sorted, not overlapping */
  constructor(ranges: readonly LineRange[], allowance: ResultAllowance) {
    this.#ranges = ranges
    this.#allowance = allowance
  }

  /** Takes the next piece of the file. @throws SearchError SEARCH_RESULT_TOO_LARGE when the lines are too many */
  push(piece: Buffer): void {
    if (!this.#begun) this.#decoder = utf16Decoder(piece)
    this.#begun = true
    const text = this.#decoder === undefined ? piece : Buffer.from(this.#decoder.decode(piece, { stream: true }))
    this.#hasNul ||= text.includes(0)
    this.#split(text)
  }

  finish(): ExtractedLines {
    if (this.#decoder !== undefined) this.#split(Buffer.from(this.#decoder.decode()))
    if (this.#lineBegun) this.#endLine(Buffer.alloc(0))
    return { lines: this.#lines, hasNul: this.#hasNul }
  }

  #split(text: Buffer): void {
    let start = 0
    for (let end = text.indexOf(LINE_FEED); end >= 0; end = text.indexOf(LINE_FEED, start)) {
      this.#endLine(text.subarray(start, end))
      start = end + 1
    }
    if (start === text.length) return
    this.#lineBegun = true
    if (this.#isWanted()) this.#pending.push(text.subarray(start))
  }

  #endLine(rest: Buffer): void {
    if (this.#isWanted()) this.#keep(Buffer.concat([...this.#pending, rest]))
    if (this.#pending.length > 0) this.#pending = []
    this.#lineBegun = false
    this.#line++
    const range = this.#ranges[this.#range]
    if (range !== undefined && this.#line > range.last) this.#range++
  }

  #keep(line: Buffer): void {
    if (!this.#allowance.admits(line.length, 1)) throw tooLargeError()
    this.#lines.set(this.#line, line)
  }

  #isWanted(): boolean {
    const range = this.#ranges[this.#range]
    return range !== undefined && this.#line >= range.first && this.#line <= range.last
  }
}

/** The lines of matches with so many before and after, as ranges that do not touch each other. */
export function rangesAround(matches: readonly number[], before: number, after: number): LineRange[] {
  const ranges: { first: number; last: number }[] = []
  for (const line of matches) {
    const first = Math.max(1, line - before)
    const previous = ranges.at(-1)
    if (previous !== undefined && first <= previous.last + 1) previous.last = Math.max(previous.last, line + after)
    else ranges.push({ first, last: line + after })
  }
  return ranges
}

/** Whether a line of a file is what ripgrep printed, which leaves out a byte order mark. */
export function isSameLine(line: Buffer, printed: Uint8Array): boolean {
  if (line.equals(printed)) return true
  return line.length === printed.length + 3 && line.subarray(0, 3).equals(UTF8_MARK) && line.subarray(3).equals(printed)
}

/** A line as text, with its bytes when text cannot say them. */
export function lineText(line: Uint8Array): { readonly text: string; readonly bytes?: Uint8Array } {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')
  return isUtf8(line) ? { text } : { text, bytes: Uint8Array.from(line) }
}

function utf16Decoder(piece: Buffer): TextDecoder | undefined {
  if (piece[0] === 0xff && piece[1] === 0xfe) return new TextDecoder('utf-16le')
  if (piece[0] === 0xfe && piece[1] === 0xff) return new TextDecoder('utf-16be')
  return undefined
}
