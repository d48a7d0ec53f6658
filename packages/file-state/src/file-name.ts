const replacementCharacter = '\uFFFD'
const firstSurrogate = 0xd800
const escapeBase = 0xdc00
const longestCharacter = 4
const escapedByte = /^[\uDC80-\uDCFF]$/
const beyondPlainOrder = /[\uD800-\uFFFF]/
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Turns the bytes of a file name into a string that {@link encodePath} turns back into the same bytes.
 *
 * A byte that is not UTF-8 becomes the lone surrogate U+DC80–U+DCFF, as in Python's PEP 383, so every name that a
 * directory can hold can be listed, told apart and opened.
 */
export function decodeName(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return decodeWithEscapes(bytes)
  }
}

/** The form of a path that `node:fs` turns into the intended bytes: itself, or a Buffer when it has escaped bytes. */
export function encodePath(path: string): string | Buffer {
  return path.isWellFormed() ? path : encodeEscapes(path)
}

/** Tells whether a path holds a lone surrogate that stands for no byte, so that no file can have that name. */
export function isUnencodable(path: string): boolean {
  return Array.from(path).some((character) => !character.isWellFormed() && !escapedByte.test(character))
}

/** Tells whether a name that was decoded leniently may have lost bytes and has to be read again as a Buffer. */
export function mayBeLossy(name: string): boolean {
  return name.includes(replacementCharacter)
}

/** Orders names by their bytes, as `LC_ALL=C sort` does; the order of strings differs from U+D800 on. */
export function compareNames(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length)
  for (let index = 0; index < shorter; index += 1) {
    const leftUnit = left.charCodeAt(index)
    const rightUnit = right.charCodeAt(index)
    if (leftUnit === rightUnit) continue
    if (leftUnit < firstSurrogate && rightUnit < firstSurrogate) return leftUnit - rightUnit
    return Buffer.compare(toBytes(left), toBytes(right))
  }
  return left.length - right.length
}

/** Sorts names by their bytes, in place. */
export function sortNames(names: string[]): string[] {
  return names.some((name) => beyondPlainOrder.test(name)) ? names.sort(compareNames) : names.sort()
}

/** The bytes of a name as the file system holds them. */
export function toBytes(name: string): Buffer {
  const encoded = encodePath(name)
  return typeof encoded === 'string' ? Buffer.from(encoded, 'utf8') : encoded
}

function decodeWithEscapes(bytes: Uint8Array): string {
  let name = ''
  for (let index = 0; index < bytes.length;) {
    const character = decodeCharacter(bytes, index)
    name += character ?? String.fromCharCode(escapeBase + (bytes[index] ?? 0))
    index += character === undefined ? 1 : Buffer.byteLength(character)
  }
  return name
}

function decodeCharacter(bytes: Uint8Array, start: number): string | undefined {
  for (let length = 1; length <= longestCharacter && start + length <= bytes.length; length += 1) {
    try {
      return decoder.decode(bytes.subarray(start, start + length))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return undefined
}

function encodeEscapes(path: string): Buffer {
  const parts = Array.from(path, (character) =>
    character.isWellFormed() ? Buffer.from(character, 'utf8') : Buffer.of(character.charCodeAt(0) & 0xff),
  )
  return Buffer.concat(parts)
}
