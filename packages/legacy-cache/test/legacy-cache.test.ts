import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { LegacyCache } from '../src/index.js'

test('get() returns what was set under exactly the same command', () => {
  const cache = new LegacyCache<string>()
  cache.set('cat notes.md', 'hello')
  expect(cache.get('cat notes.md')).toBe('hello')
  expect(cache.get('cat  notes.md')).toBeUndefined()
  expect(cache.get('CAT notes.md')).toBeUndefined()
})

test.each([0, 1, 5_000])('get() returns undefined after the entry expired, on a clock that starts at %i', (start) => {
  const clock = new FakeClock()
  clock.advance(start)
  const cache = new LegacyCache<string>({ clock })
  cache.set('ls', 'a')
  clock.advance(300_000)
  expect(cache.get('ls')).toBe('a')
  clock.advance(1)
  expect(cache.get('ls')).toBeUndefined()
  expect(cache.has('ls')).toBe(false)
})

test('get() does not make an entry live longer, set() does', () => {
  const clock = new FakeClock()
  const cache = new LegacyCache<string>({ ttlSeconds: 10, clock })
  cache.set('ls', 'first')
  clock.advance(6_000)
  expect(cache.get('ls')).toBe('first')
  clock.advance(6_000)
  expect(cache.get('ls')).toBeUndefined()
  cache.set('ls', 'second')
  clock.advance(6_000)
  cache.set('ls', 'third')
  clock.advance(6_000)
  expect(cache.get('ls')).toBe('third')
})

test('get() answers for ever when ttlSeconds is 0', () => {
  const clock = new FakeClock()
  const cache = new LegacyCache<string>({ ttlSeconds: 0, clock })
  cache.set('ls', 'a')
  clock.advance(1e12)
  expect(cache.get('ls')).toBe('a')
})

test('a fraction of a second is a ttl too', () => {
  const clock = new FakeClock()
  const cache = new LegacyCache<string>({ ttlSeconds: 0.25, clock })
  cache.set('ls', 'a')
  clock.advance(250)
  expect(cache.has('ls')).toBe(true)
  clock.advance(1)
  expect(cache.has('ls')).toBe(false)
})

test('set() drops the least recently used entry above maxSize', () => {
  const cache = new LegacyCache<number>({ maxSize: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.get('a')
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})

test('has() neither counts nor makes an entry recently used', () => {
  const cache = new LegacyCache<number>({ maxSize: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.has('a')).toBe(true)
  cache.set('c', 3)
  expect(cache.has('a')).toBe(false)
  expect(cache.stats()).toMatchObject({ hits: 0, misses: 0 })
})

test.each(['delete', 'invalidate'] as const)('%s() forgets one command and says whether it was there', (method) => {
  const cache = new LegacyCache<number>()
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache[method]('a')).toBe(true)
  expect(cache[method]('a')).toBe(false)
  expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 2])
})

test('delete() answers false for an entry that expired', () => {
  const clock = new FakeClock()
  const cache = new LegacyCache<number>({ ttlSeconds: 1, clock })
  cache.set('a', 1)
  clock.advance(1_001)
  expect(cache.delete('a')).toBe(false)
})

test.each(['clear', 'invalidateAll'] as const)('%s() forgets everything and keeps the counters', (method) => {
  const cache = new LegacyCache<number>()
  cache.set('a', 1)
  cache.get('a')
  cache[method]()
  expect(cache.get('a')).toBeUndefined()
  expect(cache.stats()).toMatchObject({ hits: 1, misses: 1, size: 0 })
})

test('stats() has the promised names and does not count expired entries', () => {
  const clock = new FakeClock()
  const cache = new LegacyCache<number>({ maxSize: 5, ttlSeconds: 10, clock })
  expect(cache.stats().hit_rate).toBe(0)
  cache.set('a', 1)
  clock.advance(10_001)
  cache.set('b', 2)
  expect(cache.stats().size).toBe(1)
  cache.get('b')
  cache.get('b')
  cache.get('a')
  expect(cache.stats()).toEqual({
    enabled: true,
    hits: 2,
    misses: 1,
    size: 1,
    max_size: 5,
    hit_rate: 2 / 3,
    ttl_seconds: 10,
  })
  expect(new LegacyCache().stats()).toMatchObject({ max_size: 100, ttl_seconds: 300 })
})

test.each([0, -1, 1.5, Number.NaN, 1_000_001])('the constructor refuses a maxSize of %d', (maxSize) => {
  expect(() => new LegacyCache({ maxSize })).toThrow(RangeError)
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('the constructor refuses a ttl of %d seconds', (ttlSeconds) => {
  expect(() => new LegacyCache({ ttlSeconds })).toThrow(RangeError)
})
