import { readVarint, type ByteCursor } from './byte-cursor.js'

/** More than a block of a table can be, in bytes: what claims to be larger is no such block. */
const largestBytes = 67_108_864

/** The two lowest bits of a tag say what follows it. */
const literal = 0

/**
 * The bytes of one block in Snappy's raw format (format_description.txt of Snappy): the length, then literals and
 * copies of what is already there. For the small blocks of a table that say where the others are.
 *
 * @throws RangeError when it is no such block
 */
export function decompressSnappy(compressed: Buffer): Buffer {
  const cursor: ByteCursor = { bytes: compressed, offset: 0 }
  const length = readVarint(cursor)
  if (length > largestBytes) throw new RangeError('Cannot decompress: the length is impossible')
  const output = Buffer.allocUnsafe(length)
  let written = 0
  while (cursor.offset < compressed.length) {
    const tag = readBytes(cursor, 1)
    written +=
      (tag & 3) === literal ? copyLiteral(cursor, output, { tag, written }) : repeat(cursor, output, { tag, written })
  }
  if (written !== length) throw new RangeError('Cannot decompress: it ends early')
  return output
}

interface Step {
  readonly tag: number
  readonly written: number
}

function copyLiteral(cursor: ByteCursor, output: Buffer, { tag, written }: Step): number {
  const short = tag >> 2
  const length = (short < 60 ? short : readBytes(cursor, short - 59)) + 1
  const end = cursor.offset + length
  if (end > cursor.bytes.length || written + length > output.length)
    throw new RangeError('Cannot decompress: a literal is too long')
  cursor.bytes.copy(output, written, cursor.offset, end)
  cursor.offset = end
  return length
}

/** Copies what was written before; a copy may reach into itself, so it is made byte by byte. */
function repeat(cursor: ByteCursor, output: Buffer, { tag, written }: Step): number {
  const kind = tag & 3
  const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
  const distance = kind === 1 ? ((tag >> 5) << 8) + readBytes(cursor, 1) : readBytes(cursor, kind === 2 ? 2 : 4)
  if (distance === 0 || distance > written || written + length > output.length)
    throw new RangeError('Cannot decompress: a copy reaches outside')
  for (let index = written; index < written + length; index += 1) output[index] = output[index - distance] ?? 0
  return length
}

function readBytes(cursor: ByteCursor, count: number): number {
  const value = cursor.bytes.readUIntLE(cursor.offset, count)
  cursor.offset += count
  return value
}
