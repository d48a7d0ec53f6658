import { expect, test } from 'vitest'
import { AccessStamps, isOldStamp } from '../src/access-stamps.js'

test('due() lists a used entry until it is written down or postponed, and again once its stamp is old', () => {
  const stamps = new AccessStamps()
  stamps.touch('a', 1000)
  expect(stamps.due(10)).toEqual([['a', 1000]])
  stamps.postpone('a')
  expect([stamps.due(10), stamps.lastUse('a')]).toEqual([[], 1000])
  stamps.touch('a', 11_000)
  expect(stamps.due(10)).toEqual([['a', 11_000]])
  stamps.forget('a')
  expect([stamps.due(10), stamps.lastUse('a')]).toEqual([[], undefined])
})

test('written() forgets the use that was written down, and no later one', () => {
  const stamps = new AccessStamps()
  stamps.touch('a', 1000)
  stamps.touch('a', 2000)
  stamps.written('a', 1000)
  expect(stamps.lastUse('a')).toBe(2000)
  stamps.written('a', 2000)
  expect(stamps.lastUse('a')).toBeUndefined()
})

test('touch() remembers a bounded number of entries', () => {
  const stamps = new AccessStamps()
  for (let index = 0; index < 20_000; index += 1) stamps.touch(`key-${index}`, index)
  expect(stamps.due(100_000)).toHaveLength(8192)
})

test('isOldStamp() compares microseconds on disk with milliseconds of use', () => {
  expect([isOldStamp(5_000_000, 14_999), isOldStamp(5_000_000, 15_000)]).toEqual([false, true])
})

test('touch() takes uses within one second for one, and a use in the next second for another', () => {
  const stamps = new AccessStamps()
  stamps.touch('a', 5000)
  stamps.touch('a', 5999)
  expect(stamps.lastUse('a')).toBe(5000)
  stamps.touch('a', 6000)
  expect(stamps.lastUse('a')).toBe(6000)
})
