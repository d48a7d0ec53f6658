import { constantFrom, type Arbitrary } from 'fast-check'
import * as fc from 'fast-check'

/** Pieces that make line and word rules hard: spaces of Unicode, control characters, halves of characters, marks. */
const white = [' ', '\n', '\r\n', '\r', '\t', '\v', '\f', '\u00a0', '\u1680', '\u2003', '\u2007', '\u205f', '\u3000']
const words = ['a', 'word', 'x y', '0', '"', 'é', 'ß', '漢字', 'ж', '😀', '\u0301', '\u00ad', '\ue000', '\u{e0001}']
const odd = [
  '\u0000',
  '\u0001',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u200b',
  '\u2028',
  '\u2029',
  '\u2060',
  '\ufeff',
  '\uffff',
]
const pieces = [...white, ...words, ...odd, '\u0378'].map((text) => Buffer.from(text))

const broken = (
  '80 bf c0 c2 c080 c18a e2 e282 e0808a eda080 edbfbf f0 f09f f09f98 f080808a f4908080 f7bfbfbf ' +
  'f888808080 fc fe ff fffe feff'
)
  .split(' ')
  .map((hexadecimal) => Buffer.from(hexadecimal, 'hex'))

/** Bytes that are mostly text, with everything in them that text may have and much that it may not. */
export function arbitraryBytes(): Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: constantFrom(...pieces) },
    { weight: 2, arbitrary: constantFrom(...broken) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
  )
  return fc.array(piece, { maxLength: 200 }).map((parts) => Uint8Array.from(Buffer.concat(parts)))
}
