import { expect, test } from 'vitest'
import { oneLine } from '../../src/rendering/one-line.js'

test('oneLine() joins the lines of a message', () => {
  expect(oneLine('regex parse error:\n    (\n    ^\nunclosed group\n')).toBe('regex parse error: ( ^ unclosed group')
})

test('oneLine() makes control and reordering characters visible', () => {
  expect(oneLine('a\u001B[2Jb\u0007c\u202Ed')).toBe('a\\u001b[2Jb\\u0007c\\u202ed')
})

test('oneLine() leaves other text beyond ASCII alone', () => {
  expect(oneLine('réunion-équipe.md 東京 🌊')).toBe('réunion-équipe.md 東京 🌊')
})
