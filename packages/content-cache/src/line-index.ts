import { nextLineEnd, type CodeUnit } from './line-ends.js'

/**
 * Lines between two remembered offsets. A file of nothing but newlines then needs an eighth of its size for the index
 * instead of four times its size, and finding a line scans 31 lines at most.
 */
const stride = 32

/** Where the lines of some bytes begin; a last line without a newline is a line too. */
export class LineIndex {
  readonly #bytes: Buffer
  readonly #unit: CodeUnit
  readonly #offsets: Uint32Array
  readonly lineCount: number

  constructor(bytes: Buffer, unit: CodeUnit) {
    this.#bytes = bytes
    this.#unit = unit
    const { offsets, lineCount } = everyStrideLine(bytes, unit)
    this.#offsets = offsets
    this.lineCount = lineCount
  }

  /** The offset in bytes at which a line (counted from 1) begins; the end of the bytes for a line after the last. */
  startOf(line: number): number {
    if (line > this.lineCount) return this.#bytes.length
    let offset = this.#offsets[Math.floor((line - 1) / stride)] ?? 0
    for (let hops = (line - 1) % stride; hops > 0; hops -= 1) offset = nextLineEnd(this.#bytes, offset, this.#unit)
    return offset
  }
}

/** @throws RangeError when lines cannot begin there */
export function checkFirstLine(line: number): void {
  if (!Number.isInteger(line) || line < 1) throw new RangeError(`Cannot give lines from ${line}: lines count from 1`)
}

function everyStrideLine(bytes: Buffer, unit: CodeUnit): { offsets: Uint32Array; lineCount: number } {
  const offsets = [0]
  let newlines = 0
  let lastEnd = 0
  for (let end = nextLineEnd(bytes, 0, unit); end !== -1; end = nextLineEnd(bytes, end, unit)) {
    newlines += 1
    lastEnd = end
    if (newlines % stride === 0) offsets.push(end)
  }
  return { offsets: Uint32Array.from(offsets), lineCount: newlines + (lastEnd < bytes.length ? 1 : 0) }
}
