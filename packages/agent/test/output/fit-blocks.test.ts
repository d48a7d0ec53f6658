import { expect, test } from 'vitest'
import { fitBlocks, splitLines } from '../../src/output/fit-blocks.js'
import { noLimits } from '../../src/output/output-limits.js'

test('fitBlocks() shows whole blocks up to the limit of lines', () => {
  const limits = { ...noLimits, lines: 3 }
  expect(fitBlocks(['a\n', 'b\nc\n', 'd\n'], limits)).toEqual({ text: 'a\nb\nc\n', shown: 2, cut: [] })
})

test('fitBlocks() shows whole blocks up to the limit of bytes', () => {
  expect(fitBlocks(['éé\n', 'é\n', 'x\n'], { ...noLimits, bytes: 8 })).toEqual({ text: 'éé\né\n', shown: 2, cut: [] })
})

test('fitBlocks() cuts a first block that is too large, so that there is progress', () => {
  const fitted = fitBlocks(['😀😀😀\n', 'x\n'], { ...noLimits, bytes: 9 })
  expect(fitted).toEqual({ text: '😀😀', shown: 1, cut: [0] })
})

test('fitBlocks() cuts long lines and says which blocks they are in', () => {
  const fitted = fitBlocks(['ok\n', 'much too long\n', 'ok\n'], { ...noLimits, lineCharacters: 4 })
  expect(fitted).toEqual({ text: 'ok\nmuch [9 more characters]\nok\n', shown: 3, cut: [1] })
})

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a\n']],
  ['a\r\n\nb', ['a\r\n', '\n', 'b']],
  ['\n\n', ['\n', '\n']],
])('splitLines(%j) keeps line endings', (text, lines) => {
  expect(splitLines(text)).toEqual(lines)
})
