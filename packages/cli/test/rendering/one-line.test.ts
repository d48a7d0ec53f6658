import { expect, test } from 'vitest'
import { oneLine } from '../../src/rendering/one-line.js'

test('oneLine() joins the lines of a message', () => {
  expect(oneLine('regex parse error:\n    (\n    ^\nunclosed group\n')).toBe('regex parse error: ( ^ unclosed group')
})

test('oneLine() makes control characters visible', () => {
  expect(oneLine('a\u001B[2Jb')).toBe('a\\u001b[2Jb')
})
