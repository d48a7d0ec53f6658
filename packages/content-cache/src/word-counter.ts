const ignored = 1
const separator = 2
const wordPart = 3

/** The white space at which GNU `wc` ends a word, with the no-break spaces that it adds to those of the C library. */
const separating = /[\t-\r \u00a0\u1680\u2000-\u200a\u202f\u205f\u2060\u3000]/u
/** What is not printable neither begins nor ends a word in GNU `wc`. */
const notPrintable = /[\p{Cc}\p{Cn}\p{Cs}\u2028\u2029]/u

/** A character written in more bytes than it needs is not UTF-8. */
const smallestOfLength = [0, 0, 0x80, 0x800, 0x10000]

/** The kind of each code point met so far, 0 for those not met; a table because a pattern for each character costs 40 times as much. */
const kinds = new Uint8Array(0x110000)

/**
 * Counts words as GNU `wc -w` 9.1 does under `LC_ALL=C.UTF-8`, in chunks.
 *
 * A word is a run between white space with at least one printable character in it; bytes that are not UTF-8 and control
 * characters are passed over. Which characters are printable follows the Unicode version of Node.
 */
export class WordCounter {
  #words = 0
  #insideWord = false
  #pending = Buffer.alloc(0)

  /** Words in all chunks so far. */
  get count(): number {
    return this.#words + (this.#insideWord ? 1 : 0)
  }

  /** Takes the next bytes; a chunk may end inside a character. */
  add(chunk: Uint8Array): void {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    let offset = 0
    while (offset < bytes.length) {
      const first = bytes[offset] ?? 0
      const length = first < 0x80 ? 1 : characterLength(first)
      if (offset + length > bytes.length && mayContinue(bytes, offset)) break
      const codePoint = first < 0x80 ? first : codePointAt(bytes, offset, length)
      if (codePoint !== -1) this.#take(codePoint)
      offset += codePoint === -1 ? 1 : length
    }
    this.#pending = Buffer.from(bytes.subarray(offset))
  }

  #take(codePoint: number): void {
    const kind = kinds[codePoint] || kindOf(codePoint)
    if (kind === wordPart) this.#insideWord = true
    else if (kind === separator) {
      if (this.#insideWord) this.#words += 1
      this.#insideWord = false
    }
  }
}

function kindOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint)
  const printable = notPrintable.test(character) ? ignored : wordPart
  const kind = separating.test(character) ? separator : printable
  kinds[codePoint] = kind
  return kind
}

function characterLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 1
}

/** Whether the bytes end inside what may still become a character. */
function mayContinue(bytes: Uint8Array, offset: number): boolean {
  for (let index = offset + 1; index < bytes.length; index += 1) {
    if (!isContinuation(bytes[index])) return false
  }
  return true
}

function codePointAt(bytes: Uint8Array, offset: number, length: number): number {
  if (length === 1) return -1
  let codePoint = (bytes[offset] ?? 0) & (0x7f >> length)
  for (let index = offset + 1; index < offset + length; index += 1) {
    const byte = bytes[index]
    if (!isContinuation(byte)) return -1
    codePoint = (codePoint << 6) | (byte & 0x3f)
  }
  return codePoint >= (smallestOfLength[length] ?? 0) && codePoint <= 0x10ffff ? codePoint : -1
}

function isContinuation(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}
