import type { LineRange } from './content-views.js'
import { type CodeUnit, nextLineEnd } from './line-ends.js'
import { checkFirstLine, LineIndex } from './line-index.js'
import { withoutSplitEnd } from './split-characters.js'

/** How lines end and how many bytes of them are kept. */
export interface LineCollectorOptions {
  readonly unit: CodeUnit
  readonly maxBytes: number
}

/** What was collected. */
export interface CollectedLines {
  readonly bytes: Buffer
  readonly startLine: number
  readonly endLine: number
  /** Lines in the file when it was read to its end, else `null`. */
  readonly lineCount: number | null
  readonly truncated: boolean
}

/** Picks the lines of a range out of a file that comes in pieces. */
export class LineCollector {
  readonly #start: number
  readonly #end: number
  readonly #unit: CodeUnit
  readonly #maxBytes: number
  readonly #parts: Buffer[] = []
  #keptBytes = 0
  #truncated = false
  #stopped = false
  /** The line that the next byte belongs to, counted from 1. */
  #line = 1
  #lineHasBytes = false

  /** @throws RangeError when the range does not begin at an integer of 1 or more */
  constructor({ start, end = Infinity }: LineRange, { unit, maxBytes }: LineCollectorOptions) {
    checkFirstLine(start)
    this.#start = start
    this.#end = Math.floor(end)
    this.#unit = unit
    this.#maxBytes = maxBytes
  }

  /** Takes the next piece of the file, which may be overwritten afterwards; answers whether more is wanted. */
  take(piece: Buffer): boolean {
    let offset = 0
    let keptFrom = this.#line >= this.#start ? 0 : -1
    while (offset < piece.length && this.#line <= this.#end) {
      const end = nextLineEnd(piece, offset, this.#unit)
      this.#lineHasBytes = end === -1
      offset = end === -1 ? piece.length : end
      if (end === -1) break
      this.#line += 1
      if (keptFrom === -1 && this.#line === this.#start) keptFrom = offset
    }
    if (keptFrom !== -1) this.#keep(piece.subarray(keptFrom, offset))
    this.#stopped = this.#truncated || this.#line > this.#end
    return !this.#stopped
  }

  /** What was collected so far. */
  result(): CollectedLines {
    const kept = Buffer.concat(this.#parts)
    const bytes = this.#truncated ? withoutSplitEnd(kept, this.#unit) : kept
    const lastLine = this.#lineHasBytes ? this.#line : this.#line - 1
    return {
      bytes,
      startLine: this.#start,
      endLine: this.#start - 1 + new LineIndex(bytes, this.#unit).lineCount,
      lineCount: this.#stopped ? null : lastLine,
      truncated: this.#truncated,
    }
  }

  #keep(part: Buffer): void {
    const room = this.#maxBytes - this.#keptBytes
    const fitting = part.subarray(0, room)
    this.#truncated ||= fitting.length < part.length
    this.#parts.push(Buffer.from(fitting))
    this.#keptBytes += fitting.length
  }
}
