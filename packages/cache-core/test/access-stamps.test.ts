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

test('lastUse() knows the latest of many uses, however many entries were used since', () => {
  const stamps = new AccessStamps()
  for (let index = 0; index < 1000; index += 1) stamps.touch(`key-${index % 300}`, index)
  expect([stamps.lastUse('key-0'), stamps.lastUse('key-99'), stamps.lastUse('key-299')]).toEqual([900, 999, 899])
  stamps.touch('key-0', 1001)
  stamps.forget('key-0')
  expect(stamps.lastUse('key-0')).toBeUndefined()
})
