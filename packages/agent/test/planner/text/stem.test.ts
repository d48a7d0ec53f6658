import { expect, test } from 'vitest'
import { escapePattern, stem, stemPattern } from '../../../src/planner/text/stem.js'

test.each([
  ['policy', 'policies'],
  ['Restore', 'restoring'],
  ['calibrated', 'calibration'],
  ['expiry', 'expiries'],
  ['password', "password's"],
  ['ÉTALONNAGE', 'étalonnage'],
])('stem() gives %j and %j the same stem', (left, right) => {
  expect(stem(left)).toBe(stem(right))
})

test('stem() leaves identifiers, numbers and other scripts as they are, in lower case', () => {
  expect(stem('ERR-4711')).toBe('err-4711')
  expect(stem('HTTPS')).toBe('https')
  expect(stem('MAX_SIZE')).toBe('max_size')
  expect(stem('潮起潮落')).toBe('潮起潮落')
})

test.each([
  ['policy', 'our policies', true],
  ['policy', 'metropolis', false],
  ['retention', 'RAW_RETENTION_DAYS', true],
  ['pay', 'pays', true],
  ['pay', 'payload', false],
  ['a.b', 'axb', false],
])('stemPattern() of %j looks for it in %j: %j', (word, text, found) => {
  expect(new RegExp(stemPattern(stem(word)), 'iu').test(text)).toBe(found)
})

test('escapePattern() makes a pattern that matches the text itself', () => {
  const text = String.raw`a.b*c+(d)[e]{f}^$|\g`
  expect(new RegExp(`^${escapePattern(text)}$`, 'u').test(text)).toBe(true)
})
