import { checkFirstLine, LineIndex } from './line-index.js'
import { codeUnitOf, decodeText, encodingOf, textKindOf, type TextEncoding, type TextKind } from './text-encoding.js'
import { WordCounter } from './word-counter.js'

/**
 * The content of one file, with what can be read off it; each figure is computed when first asked for, then kept.
 *
 * Lines end as in GNU `sed`, `head` and `tail`, at the byte 0x0A; in UTF-16 at the character U+000A. Bytes handed out
 * are copies, so that no caller can change what the next one gets.
 */
export class FileContent {
  readonly #bytes: Buffer
  readonly #kind: TextKind
  #encoding: TextEncoding | undefined
  #lines: LineIndex | undefined
  #newlineCount: number | undefined
  #wordCount: number | undefined
  /** Decoding 16 KiB costs more than the rest of a hit; held weakly, so that no memory is kept beyond the store's limit. */
  #text: WeakRef<{ readonly text: string }> | undefined

  /** Takes the bytes over: they must not change afterwards. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#kind = textKindOf(bytes)
  }

  /** A copy of all bytes, as they are on disk. */
  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  /** Bytes in the file. */
  get byteLength(): number {
    return this.#bytes.length
  }

  /** Whether there is a NUL among the first 8 KiB, and no byte order mark of UTF-16 that explains it. */
  get isBinary(): boolean {
    return this.#kind === 'binary'
  }

  /** What the beginning of the file says about all of it. */
  get kind(): TextKind {
    return this.#kind
  }

  /** How `text()` decodes the bytes. */
  get encoding(): TextEncoding {
    this.#encoding ??= encodingOf(this.#bytes, this.#kind)
    return this.#encoding
  }

  /** Lines, a last one without a newline included; 0 for an empty file. */
  get lineCount(): number {
    return this.#index().lineCount
  }

  /** Bytes 0x0A, as `wc -l` counts them. */
  get newlineCount(): number {
    this.#newlineCount ??= countNewlines(this.#bytes)
    return this.#newlineCount
  }

  /** Words as GNU `wc -w` counts them under `LC_ALL=C.UTF-8`, in UTF-16 too. */
  wordCount(): number {
    this.#wordCount ??= countWords(this.#bytes)
    return this.#wordCount
  }

  /** The whole text, a byte order mark included; bytes that cannot be decoded become U+FFFD. */
  text(): string {
    const kept = this.#text?.deref()
    if (kept !== undefined) return kept.text
    const text = decodeText(this.#bytes, this.#kind)
    this.#text = new WeakRef({ text })
    return text
  }

  /**
   * The bytes of the lines `from` to `to`, counted from 1, both included, as `sed -n 'from,top'` prints them; nothing
   * when `to` lies before `from`.
   *
   * @throws RangeError when `from` is not an integer of 1 or more
   */
  sliceLines(from: number, to: number): Uint8Array {
    const { start, end } = this.#span(from, to)
    return Uint8Array.from(this.#bytes.subarray(start, end))
  }

  /**
   * As `sliceLines()`, decoded as the whole file is.
   *
   * @throws RangeError when `from` is not an integer of 1 or more
   */
  textOfLines(from: number, to: number): string {
    const { start, end } = this.#span(from, to)
    if (start === 0 && end === this.#bytes.length) return this.text()
    return decodeText(this.#bytes.subarray(start, end), this.#kind)
  }

  /** The bytes of the first lines, as `head -n` prints them. */
  head(lines: number): Uint8Array {
    return this.sliceLines(1, lines)
  }

  /** The bytes of the last lines, as `tail -n` prints them. */
  tail(lines: number): Uint8Array {
    const { lineCount } = this.#index()
    return this.sliceLines(Math.max(1, lineCount - lines + 1), lineCount)
  }

  #span(from: number, to: number): { start: number; end: number } {
    checkFirstLine(from)
    if (!(to >= from)) return { start: 0, end: 0 }
    const index = this.#index()
    return { start: index.startOf(from), end: index.startOf(Math.floor(to) + 1) }
  }

  #index(): LineIndex {
    this.#lines ??= new LineIndex(this.#bytes, codeUnitOf(this.#kind))
    return this.#lines
  }
}

function countNewlines(bytes: Buffer): number {
  let count = 0
  for (let found = bytes.indexOf(0x0a); found !== -1; found = bytes.indexOf(0x0a, found + 1)) count += 1
  return count
}

function countWords(bytes: Buffer): number {
  const counter = new WordCounter()
  counter.add(bytes)
  return counter.count
}
