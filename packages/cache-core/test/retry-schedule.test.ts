import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { RetrySchedule } from '../src/retry-schedule.js'

function waitsAfter(retries: RetrySchedule, clock: FakeClock): number {
  let milliseconds = 0
  for (; !retries.isDue(); milliseconds += 500) clock.advance(500)
  return milliseconds
}

test('failed() doubles the wait up to half a minute and starts anew after a minute without trouble', () => {
  const clock = new FakeClock()
  const retries = new RetrySchedule(clock)
  const waits = Array.from({ length: 7 }, () => [retries.failed('failed'), waitsAfter(retries, clock)])
  expect(waits.map(([, wait]) => wait)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  expect(waits.map(([isNew]) => isNew)).toEqual([true, false, false, false, false, false, false])
  retries.succeeded()
  clock.advance(60_000)
  expect([retries.failed('failed'), waitsAfter(retries, clock)]).toEqual([true, 1000])
})

test('failed() waits a second for an owner that speaks another protocol each time', () => {
  const clock = new FakeClock()
  const retries = new RetrySchedule(clock)
  for (const isNew of [true, false, false])
    expect([retries.failed('refused'), waitsAfter(retries, clock)]).toEqual([isNew, 1000])
})

test('failed() waits a second for a lock each time, and not at all for the first damage', () => {
  const clock = new FakeClock()
  const retries = new RetrySchedule(clock)
  for (const isNew of [true, false, false])
    expect([retries.failed('locked'), waitsAfter(retries, clock)]).toEqual([isNew, 1000])
  expect([retries.failed('damaged'), waitsAfter(retries, clock)]).toEqual([true, 0])
  expect([retries.failed('damaged'), waitsAfter(retries, clock) > 0]).toEqual([false, true])
})
