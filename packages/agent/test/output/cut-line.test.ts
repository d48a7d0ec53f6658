import { expect, test } from 'vitest'
import { cutLine, sliceBytes, sliceWhole } from '../../src/output/cut-line.js'

test('cutLine() keeps the line ending and says how much is missing', () => {
  expect(cutLine('short\r\n', 5)).toEqual({ text: 'short\r\n', cut: false })
  expect(cutLine('longer line\r\n', 6)).toEqual({ text: 'longer [5 more characters]\r\n', cut: true })
  expect(cutLine('longer', 3)).toEqual({ text: 'lon [3 more characters]', cut: true })
})

test('sliceWhole() never splits a surrogate pair', () => {
  expect(sliceWhole('a😀b', 2)).toBe('a')
  expect(sliceWhole('a😀b', 3)).toBe('a😀')
  expect(sliceWhole('😀', 1)).toBe('')
  expect(sliceWhole('ab', 5)).toBe('ab')
})

test('sliceBytes() never splits a code point', () => {
  expect(sliceBytes('aé😀z', 1)).toBe('a')
  expect(sliceBytes('aé😀z', 2)).toBe('a')
  expect(sliceBytes('aé😀z', 3)).toBe('aé')
  expect(sliceBytes('aé😀z', 6)).toBe('aé')
  expect(sliceBytes('aé😀z', 7)).toBe('aé😀')
})
