import type { CodeUnit } from './line-ends.js'

/** The bytes without the part of a character that a cut left at their end. */
export function withoutSplitEnd(bytes: Buffer, unit: CodeUnit): Buffer {
  if (unit !== 'byte') return bytes.subarray(0, bytes.length - (bytes.length % 2))
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (isContinuation(byte)) continue
    return characterLength(byte) > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}

/** The bytes without the part of a character that a cut left at their beginning. */
export function withoutSplitStart(bytes: Buffer, unit: CodeUnit): Buffer {
  if (unit !== 'byte') return bytes
  const begin = [0, 1, 2, 3].find((offset) => !isContinuation(bytes[offset] ?? 0))
  return begin === undefined ? bytes : bytes.subarray(begin)
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}

function characterLength(first: number): number {
  if (first >= 0xf0) return 4
  if (first >= 0xe0) return 3
  return first >= 0xc0 ? 2 : 1
}
