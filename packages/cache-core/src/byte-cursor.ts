/** A place in some bytes, moved on by whatever reads there. */
export interface ByteCursor {
  readonly bytes: Buffer
  offset: number
}

/** Reads a number of LevelDB and Snappy: seven bits a byte, the lowest first. @throws RangeError behind the bytes */
export function readVarint(cursor: ByteCursor): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = cursor.bytes.readUInt8(cursor.offset)
    cursor.offset += 1
    value += (byte & 127) * factor
    if (byte < 128) return value
    if (factor > 2 ** 42) throw new RangeError('Cannot read number: too long')
  }
}
