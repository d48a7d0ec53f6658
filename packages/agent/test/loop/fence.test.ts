import { expect, test } from 'vitest'
import { fence } from '../../src/loop/fence.js'

test('fence() draws another token while the text contains it', () => {
  const tokens = ['first', 'second', 'third']
  expect(fence('has first and second', () => tokens.shift() ?? '')).toBe(
    '<data third>\nhas first and second\n</data third>',
  )
})

test('fence() puts its end on a line of its own', () => {
  expect(fence('a\n', () => 't')).toBe('<data t>\na\n</data t>')
  expect(fence('a', () => 't')).toBe('<data t>\na\n</data t>')
})
