import { expect, test } from 'vitest'
import { decompressSnappy } from '../src/snappy.js'

test('decompressSnappy() copies literals and repeats what was written, into itself too', () => {
  const literal = [8 << 2, ...Buffer.from('123456789')]
  const copyOneByteOffset = [1 | (2 << 2), 3]
  const copyTwoByteOffset = [2 | (2 << 2), 15, 0]
  const text = decompressSnappy(Buffer.from([18, ...literal, ...copyOneByteOffset, ...copyTwoByteOffset]))
  expect(text.toString()).toBe('123456789789789123')
})

test('decompressSnappy() takes literals whose length has bytes of its own', () => {
  const text = 'x'.repeat(300)
  expect(decompressSnappy(Buffer.from([172, 2, 61 << 2, 43, 1, ...Buffer.from(text)])).toString()).toBe(text)
})

test.each([
  ['no length', []],
  ['an impossible length', [255, 255, 255, 255, 15]],
  ['a literal behind the end', [9, 8 << 2, 1]],
  ['more than the length', [1, 1 << 2, 1, 2]],
  ['less than the length', [9, 0, 1]],
  ['a copy from before the beginning', [9, 0, 1, 1, 2]],
  ['a copy of nothing', [9, 0, 1, 1, 0]],
])('decompressSnappy() throws a RangeError for %s', (_, bytes) => {
  expect(() => decompressSnappy(Buffer.from(bytes))).toThrow(RangeError)
})
