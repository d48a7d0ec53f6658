import { expect, test } from 'vitest'
import { modelFailure } from '../../src/models/model-failure.js'
import { retryDelay } from '../../src/models/retry-delay.js'

const now = Date.UTC(2026, 0, 1)
const clock = { now: () => now, random: () => 0 }
const asking = (responseHeaders: object): ReturnType<typeof modelFailure> =>
  modelFailure(Object.assign(new Error(), { statusCode: 429, responseHeaders }))

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'Retry-After': '0' }, 0],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
  [{ 'retry-after': new Date(now + 9000).toUTCString() }, 9000],
  [{ 'retry-after': new Date(now - 9000).toUTCString() }, 0],
  [{ 'retry-after': 'soon' }, 500],
  [{}, 500],
])('retryDelay() with the headers %j waits %d ms', (headers, delay) => {
  expect(retryDelay(asking(headers), 0, clock)).toBe(delay)
})

test('retryDelay() doubles what nobody asked for, cuts up to half of it off by chance, and has an end', () => {
  const failure = asking({})
  expect([0, 1, 2, 20].map((retries) => retryDelay(failure, retries, clock))).toEqual([500, 1000, 2000, 30_000])
  expect(retryDelay(failure, 1, { ...clock, random: () => 1 })).toBe(500)
})
