import { type DataRoot, type FileSignature, type OpenFile, sameSignature, signatureOf } from '@fsagent/file-state'
import { fstatSync, read } from 'node:fs'
import type { CacheReport } from './cache-report.js'
import type { ContentCounts, ContentLines, LineRange } from './content-views.js'
import { LineCollector } from './line-collector.js'
import { previousLineEnd } from './line-ends.js'
import { withoutSplitStart } from './split-characters.js'
import { codeUnitOf, decodeText, encodingOf, encodingSampleBytes, type TextKind, textKindOf } from './text-encoding.js'
import { WordCounter } from './word-counter.js'

/** Which file is read and how much of it may be held. */
export interface LargeFileOptions {
  readonly root: DataRoot
  /** Relative to the root. */
  readonly path: string
  /** Bytes of lines given at most. */
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

/** Even, so that no piece ends inside a unit of UTF-16. */
const pieceBytes = 262_144
const mostAttempts = 3
const cache: CacheReport = { outcome: 'bypass', tier: null, verifiedBy: 'read', ageSeconds: null }

/** Answers about a file that is too large to be held, piece by piece from one descriptor. */
export class LargeFile {
  readonly #options: LargeFileOptions

  constructor(options: LargeFileOptions) {
    this.#options = options
  }

  /** As `linesOf()`, cut after `maxBytes`. @throws RangeError when the range does not begin at an integer of 1 or more */
  async lines(range: LineRange): Promise<ContentLines> {
    return this.#read(async (file, size) => {
      const kind = await this.#kindOf(file, size)
      const collector = new LineCollector(range, { unit: codeUnitOf(kind), maxBytes: this.#options.maxBytes })
      await this.#eachPiece(file, size, (piece) => collector.take(piece))
      const { bytes, startLine, endLine, lineCount, truncated } = collector.result()
      return { ...described(bytes, kind), startLine, endLine, lineCount, truncated }
    })
  }

  /** As `tailOf()`, without what lies more than `maxBytes` before the end. */
  async tail(lines: number): Promise<ContentLines> {
    return this.#read(async (file, size) => {
      const kind = await this.#kindOf(file, size)
      const floor = evenAtLeast(Math.max(0, size - this.#options.maxBytes))
      const start = await this.#startOfLast(Math.floor(lines), { file, size, floor, kind })
      const read = await this.#readAll(file, start ?? floor, size)
      const bytes = start === undefined ? withoutSplitStart(read, codeUnitOf(kind)) : read
      const numbers = { startLine: null, endLine: null, lineCount: null }
      return { ...described(bytes, kind), ...numbers, truncated: start === undefined }
    })
  }

  /** As `countsOf()`. */
  async counts(): Promise<ContentCounts> {
    return this.#read(async (file, size) => {
      const words = new WordCounter()
      let lines = 0
      await this.#eachPiece(file, size, (piece) => {
        words.add(piece)
        for (let found = piece.indexOf(0x0a); found !== -1; found = piece.indexOf(0x0a, found + 1)) lines += 1
        return true
      })
      return { lines, words: words.count, bytes: size }
    })
  }

  /** Reads between two looks at the file, and again when they differ, twice at most. */
  async #read<Part extends object>(
    use: (file: OpenFile, size: number) => Promise<Part>,
  ): Promise<Part & { path: string; signature: FileSignature; cache: CacheReport }> {
    const { root, path } = this.#options
    using file = root.open(path)
    for (let attempt = 1; ; attempt += 1) {
      const signature = signatureOf(fstatSync(file.descriptor, { bigint: true }))
      const part = await use(file, Number(signature.size))
      const stable = sameSignature(signature, signatureOf(fstatSync(file.descriptor, { bigint: true })))
      if (stable || attempt === mostAttempts) return { ...part, path: file.realPath, signature, cache }
    }
  }

  async #kindOf(file: OpenFile, size: number): Promise<TextKind> {
    return textKindOf(await this.#readAll(file, 0, Math.min(size, encodingSampleBytes)))
  }

  /** Where the last lines begin, 0 when there are no more of them; `undefined` when that lies before `floor`. */
  async #startOfLast(lines: number, { file, size, floor, kind }: TailSearch): Promise<number | undefined> {
    if (lines <= 0) return size
    const unit = codeUnitOf(kind)
    let missing = lines
    for (let end = size; end > floor;) {
      const begin = Math.max(floor, Math.floor((end - 1) / pieceBytes) * pieceBytes)
      const piece = await this.#readAll(file, begin, end)
      for (let at = previousLineEnd(piece, piece.length, unit); at !== -1;) {
        if (begin + at < size) missing -= 1
        if (missing === 0) return begin + at
        at = previousLineEnd(piece, at - 1, unit)
      }
      end = begin
    }
    return floor === 0 ? 0 : undefined
  }

  async #eachPiece(file: OpenFile, size: number, take: (piece: Buffer) => boolean): Promise<void> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(1, size)))
    for (let position = 0; position < size;) {
      this.#options.signal?.throwIfAborted()
      const piece = await fill(file, buffer.subarray(0, Math.min(buffer.length, size - position)), position)
      if (piece.length === 0 || !take(piece)) return
      position += piece.length
    }
  }

  async #readAll(file: OpenFile, start: number, end: number): Promise<Buffer> {
    this.#options.signal?.throwIfAborted()
    return fill(file, Buffer.allocUnsafeSlow(Math.max(0, end - start)), start)
  }
}

interface TailSearch {
  readonly file: OpenFile
  readonly size: number
  /** Nothing before it is looked at. */
  readonly floor: number
  readonly kind: TextKind
}

/** A piece of UTF-16 begins at an even offset. */
function evenAtLeast(offset: number): number {
  return offset + (offset % 2)
}

function described(bytes: Uint8Array, kind: TextKind): Pick<ContentLines, 'bytes' | 'text' | 'encoding' | 'isBinary'> {
  return {
    bytes,
    text: decodeText(bytes, kind),
    encoding: encodingOf(bytes, kind),
    isBinary: kind === 'binary',
  }
}

/** Fills the buffer from a position on; gives less when the file ends earlier. */
async function fill(file: OpenFile, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0
  while (filled < buffer.length) {
    const count = await readPooled(file.descriptor, buffer.subarray(filled), position + filled)
    if (count === 0) break
    filled += count
  }
  return buffer.subarray(0, filled)
}

function readPooled(descriptor: number, buffer: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, buffer, 0, buffer.length, position, (error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })
}
