import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { Beat } from '../src/beat.js'

test('take() is true once a second, and at once after hurry()', () => {
  const clock = new FakeClock()
  const beat = new Beat(clock)
  beat.restart()
  expect(beat.take()).toBe(false)
  clock.advance(1000)
  expect([beat.take(), beat.take()]).toEqual([true, false])
  beat.hurry()
  expect([beat.take(), beat.take()]).toEqual([true, false])
})

test('mayBeDue() is true once in a tenth of a second, also when the wall clock is set back', () => {
  const clock = new FakeClock()
  const beat = new Beat(clock)
  const ask = (): boolean => beat.mayBeDue(clock.now())
  expect([ask(), ask()]).toEqual([true, false])
  clock.advance(99)
  expect(ask()).toBe(false)
  clock.advance(1)
  expect([ask(), ask()]).toEqual([true, false])
  clock.setWall(clock.now() - 3_600_000)
  expect([ask(), ask()]).toEqual([true, false])
})
