import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { CircuitBreaker } from '../src/sharing/circuit-breaker.js'

test('three timeouts in a row open the breaker for 1 s, then for twice as long each time up to 30 s', () => {
  const clock = new FakeClock()
  const breaker = new CircuitBreaker(clock)
  breaker.timedOut()
  breaker.timedOut()
  breaker.answered()
  breaker.timedOut()
  breaker.timedOut()
  expect(breaker.isOpen).toBe(false)
  for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    breaker.timedOut()
    clock.advance(wait - 1)
    expect(breaker.isOpen).toBe(true)
    clock.advance(1)
    expect(breaker.isOpen).toBe(false)
  }
  breaker.answered()
  breaker.timedOut()
  expect(breaker.isOpen).toBe(false)
})
