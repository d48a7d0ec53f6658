/*
 * The part of LevelDB's table format that this needs (doc/table_format.md of LevelDB): a footer of 48 bytes with the
 * places of two blocks and a magic number; blocks of entries "shared, non-shared, value length, key rest, value" with
 * varint lengths, ended by the offsets of restarts and their count; behind each block a type and a checksum. An
 * internal key ends with eight bytes: the sequence number, newest first, and the kind of the entry.
 */
const footerLength = 48
const sequenceLength = 8
const uncompressed = 0

interface Cursor {
  readonly bytes: Buffer
  offset: number
}

/**
 * Whether a table can be read and its keys are keys and in order. LevelDB checks little when it merges tables: a
 * flipped byte in a key makes it end the whole process by an assertion.
 */
export function isTableInOrder(table: Buffer): boolean {
  try {
    const footer: Cursor = { bytes: table, offset: table.length - footerLength }
    readBlockPlace(footer)
    const index = readBlock(table, readBlockPlace(footer))
    let last: Buffer | undefined
    for (const { key: bound, value } of entriesOf(index)) {
      if (bound.length < sequenceLength) return false
      const block = readBlock(table, readBlockPlace({ bytes: value, offset: 0 }))
      for (const { key } of entriesOf(block)) {
        if (key.length < sequenceLength) return false
        if (last !== undefined && compareInternalKeys(last, key) >= 0) return false
        last = key
      }
      // What LevelDB finds by: a block's keys are not behind its bound.
      if (last !== undefined && compareInternalKeys(last, bound) > 0) return false
    }
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function readBlock(table: Buffer, place: { readonly offset: number; readonly size: number }): Buffer {
  const end = place.offset + place.size
  if (end >= table.length) throw new RangeError('Cannot read block: it ends behind the table')
  if (table[end] !== uncompressed) throw new RangeError('Cannot read block: this package writes none like it')
  return table.subarray(place.offset, end)
}

function* entriesOf(block: Buffer): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
  const restarts = block.readUInt32LE(block.length - 4)
  const end = block.length - 4 - restarts * 4
  const cursor: Cursor = { bytes: block, offset: 0 }
  let key = Buffer.alloc(0)
  while (cursor.offset < end) {
    const shared = readVarint(cursor)
    const rest = readVarint(cursor)
    const valueLength = readVarint(cursor)
    const valueStart = cursor.offset + rest
    if (shared > key.length || valueStart + valueLength > end) throw new RangeError('Cannot read entry: bad lengths')
    key = Buffer.concat([key.subarray(0, shared), block.subarray(cursor.offset, valueStart)])
    cursor.offset = valueStart + valueLength
    yield { key, value: block.subarray(valueStart, cursor.offset) }
  }
}

function compareInternalKeys(left: Buffer, right: Buffer): number {
  const [leftEnd, rightEnd] = [left.length - sequenceLength, right.length - sequenceLength]
  const order = left.compare(right, 0, rightEnd, 0, leftEnd)
  if (order !== 0) return order
  const [older, newer] = [left.readBigUInt64LE(leftEnd), right.readBigUInt64LE(rightEnd)]
  return newer < older ? -1 : Number(newer > older)
}

function readBlockPlace(cursor: Cursor): { readonly offset: number; readonly size: number } {
  return { offset: readVarint(cursor), size: readVarint(cursor) }
}

function readVarint(cursor: Cursor): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = cursor.bytes.readUInt8(cursor.offset)
    cursor.offset += 1
    value += (byte & 127) * factor
    if (byte < 128) return value
    if (factor > 2 ** 42) throw new RangeError('Cannot read number: too long')
  }
}
