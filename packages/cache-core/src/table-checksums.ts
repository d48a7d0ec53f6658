import { readVarint, type ByteCursor } from './byte-cursor.js'
import { maskedCrc32c } from './crc32c.js'
import { decompressSnappy } from './snappy.js'

/*
 * The part of LevelDB's table format that this needs (doc/table_format.md of LevelDB): a footer of 48 bytes with the
 * places of two blocks, padding and a magic number; blocks of entries "shared, non-shared, value length, key rest,
 * value" with varint lengths, ended by the offsets of restarts and their count; behind each block a byte that says
 * how it is compressed and a checksum over both.
 */
const footerLength = 48
const magicLength = 8
const magic = 0xdb_47_75_24_8b_80_fb_57n
const trailerLength = 5

const uncompressed = 0
const snappy = 1

interface BlockPlace {
  readonly offset: number
  readonly size: number
}

/**
 * Whether every block of a table is what LevelDB wrote. LevelDB itself does not look at the checksums when it merges
 * tables, and when a changed byte brought keys out of order it ends the whole process by an assertion. A table without
 * its last bytes passes: it is being written, or a process ended while it was, or LevelDB refuses it by itself.
 */
export function isTableIntact(table: Buffer): boolean {
  try {
    if (!isComplete(table)) return true
    const footer: ByteCursor = { bytes: table, offset: table.length - footerLength }
    const directories = [readBlockPlace(footer), readBlockPlace(footer)]
    for (const directory of directories) {
      if (!isBlockIntact(table, directory)) return false
      for (const place of placesIn(contentOf(table, directory))) if (!isBlockIntact(table, place)) return false
    }
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function isComplete(table: Buffer): boolean {
  return table.length >= footerLength && table.readBigUInt64LE(table.length - magicLength) === magic
}

function isBlockIntact(table: Buffer, { offset, size }: BlockPlace): boolean {
  const end = offset + size
  return end + trailerLength <= table.length && maskedCrc32c(table, offset, end + 1) === table.readUInt32LE(end + 1)
}

function contentOf(table: Buffer, { offset, size }: BlockPlace): Buffer {
  const block = table.subarray(offset, offset + size)
  const compression = table[offset + size]
  if (compression === uncompressed) return block
  if (compression === snappy) return decompressSnappy(block)
  throw new RangeError('Cannot read block: its compression is unknown')
}

/** The values of a block's entries, each of them the place of another block. */
function* placesIn(block: Buffer): Generator<BlockPlace> {
  const restarts = block.readUInt32LE(block.length - 4)
  const end = block.length - 4 - restarts * 4
  const cursor: ByteCursor = { bytes: block, offset: 0 }
  while (cursor.offset < end) {
    readVarint(cursor)
    const keyLength = readVarint(cursor)
    const valueLength = readVarint(cursor)
    const valueStart = cursor.offset + keyLength
    cursor.offset = valueStart + valueLength
    yield readBlockPlace({ bytes: block, offset: valueStart })
  }
}

function readBlockPlace(cursor: ByteCursor): BlockPlace {
  return { offset: readVarint(cursor), size: readVarint(cursor) }
}
