import { expect, test } from 'vitest'
import { LegacyCache } from '../src/index.js'

interface Listing {
  names: string[]
  details: { total: number }
}

test('a stored result does not follow later changes of the original', () => {
  const cache = new LegacyCache<Listing>()
  const listing = { names: ['a'], details: { total: 1 } }
  cache.set('ls', listing)
  listing.names.push('b')
  listing.details.total = 2
  expect(cache.get('ls')).toEqual({ names: ['a'], details: { total: 1 } })
})

test('a stored result is frozen at every depth', () => {
  const cache = new LegacyCache<Listing>()
  cache.set('ls', { names: ['a'], details: { total: 1 } })
  const answer = cache.get('ls')
  expect(() => answer?.names.push('b')).toThrow(TypeError)
  expect(() => Object.assign(answer?.details ?? {}, { total: 9 })).toThrow(TypeError)
  expect(cache.get('ls')).toBe(answer)
})

test('what cannot be frozen is copied for each reader', () => {
  const cache = new LegacyCache<{ bytes: Uint8Array; seen: Map<string, number>; at: Date }>()
  cache.set('cat image', { bytes: new Uint8Array([1, 2]), seen: new Map([['a', 1]]), at: new Date(0) })
  const first = cache.get('cat image')
  first?.bytes.fill(9)
  first?.seen.clear()
  first?.at.setTime(5)
  expect(cache.get('cat image')).toEqual({
    bytes: new Uint8Array([1, 2]),
    seen: new Map([['a', 1]]),
    at: new Date(0),
  })
})

test('a result that refers to itself can be stored', () => {
  interface Loop {
    self?: Loop
  }
  const loop: Loop = {}
  loop.self = loop
  const cache = new LegacyCache<Loop>()
  cache.set('loop', loop)
  const answer = cache.get('loop')
  expect(answer?.self).toBe(answer)
})

test('null is a result, undefined is none', () => {
  const cache = new LegacyCache<string | null | undefined>()
  cache.set('a', null)
  expect(cache.get('a')).toBeNull()
  expect(() => cache.set('b', undefined)).toThrow(TypeError)
})

test('set() refuses what cannot be copied, and keeps what was there', () => {
  const cache = new LegacyCache()
  cache.set('a', 1)
  expect(() => cache.set('a', { run: () => 1 })).toThrow(/^Cannot store result/)
  expect(cache.get('a')).toBe(1)
})
