/** What a newline is made of: one byte, or one 16-bit unit of UTF-16 that begins at an even offset. */
export type CodeUnit = 'byte' | 'utf-16le' | 'utf-16be'

const newline = 0x0a

/** The offset just after the first newline at or after `from`, or -1 when there is none. */
export function nextLineEnd(bytes: Buffer, from: number, unit: CodeUnit): number {
  let found = bytes.indexOf(newline, from)
  while (found !== -1) {
    const end = lineEndAt(bytes, found, unit)
    if (end !== -1) return end
    found = bytes.indexOf(newline, found + 1)
  }
  return -1
}

/** The offset just after the last newline that ends at or before `until`, or -1 when there is none. */
export function previousLineEnd(bytes: Buffer, until: number, unit: CodeUnit): number {
  let found = until > 0 ? bytes.lastIndexOf(newline, until - 1) : -1
  while (found !== -1) {
    const end = lineEndAt(bytes, found, unit)
    if (end !== -1 && end <= until) return end
    found = found > 0 ? bytes.lastIndexOf(newline, found - 1) : -1
  }
  return -1
}

function lineEndAt(bytes: Buffer, found: number, unit: CodeUnit): number {
  if (unit === 'byte') return found + 1
  if (unit === 'utf-16le') return found % 2 === 0 && bytes[found + 1] === 0 ? found + 2 : -1
  return found % 2 === 1 && bytes[found - 1] === 0 ? found + 1 : -1
}
