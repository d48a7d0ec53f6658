/** For each byte the remainder that it leaves, of a CRC of 32 bits whose polynomial is given with its bits reversed. */
export function crcTable(polynomial: number): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte
    for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1
    return remainder
  })
}

/** What the lowest eight bits stand for in a table of 256 numbers. */
export function remainderOf(table: Int32Array, bits: number): number {
  return table[bits & 255] ?? 0
}
