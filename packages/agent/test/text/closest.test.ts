import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closest, editDistance, isWithinEdits } from '../../src/text/closest.js'

test.each([
  ['', '', 0],
  ['kitten', 'sitting', 3],
  ['gerp', 'grep', 1],
  ['abc', '', 3],
  ['ca', 'abc', 3],
])('editDistance() of %j and %j is %i', (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance)
  expect(editDistance(right, left)).toBe(distance)
})

test('closest() gives what was probably meant, and nothing when nothing is near', () => {
  const tools = ['grep', 'find', 'cat', 'head', 'smart_read']
  expect(closest('gerp', tools)).toBe('grep')
  expect(closest('smart-read', tools)).toBe('smart_read')
  expect(closest('smart', tools)).toBe('smart_read')
  expect(closest('GREP', tools)).toBe('grep')
  expect(closest('delete', tools)).toBeUndefined()
  expect(closest('', tools)).toBeUndefined()
})

test('isWithinEdits() is what editDistance() says', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '_', '\ud83d\ude00'), maxLength: 7 })
  fc.assert(
    fc.property(word, word, fc.nat(3), (left, right, edits) => {
      expect(isWithinEdits(left, right, edits)).toBe(editDistance(left, right) <= edits)
    }),
  )
})
