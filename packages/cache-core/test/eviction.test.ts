import { describe, expect, test } from 'vitest'
import { keysOf } from './open-cache.js'
import { places } from './places.js'

describe.each(places)('a cache %s', (_, openCache) => {
  test('the least recently used entries go first, where a hit in memory counts as use', async () => {
    await using bench = await openCache({ sizeLimit: 5000 })
    const { cache, clock } = bench
    for (const key of ['a', 'b', 'c', 'd']) {
      await cache.set(key, 'x'.repeat(1000))
      clock.advance(1)
    }
    expect(cache.getSync('a')).toBeDefined()
    expect(cache.getSync('c')).toBeDefined()
    await cache.set('e', 'x'.repeat(1000))
    await cache.set('f', 'x'.repeat(1000))
    await cache.compact()
    expect(await keysOf(cache)).toEqual(['a', 'c', 'e', 'f'])
    expect(cache.stats().evictions).toBe(2)
  })

  test('use survives closing: an entry that was read before goes after one that was not', async () => {
    await using bench = await openCache({ sizeLimit: 5000, memoryLimit: 0 })
    for (const key of ['a', 'b', 'c', 'd']) await bench.cache.set(key, 'x'.repeat(1000))
    bench.clock.advance(60_000)
    await bench.cache.get('a')
    await bench.reopen()
    await bench.cache.set('e', 'x'.repeat(1000))
    expect(await keysOf(bench.cache)).toEqual(['a', 'c', 'd', 'e'])
  })

  test('the volume never exceeds the limit, and eviction goes on to nine tenths of it', async () => {
    await using bench = await openCache({ sizeLimit: 200_000 })
    const { cache } = bench
    for (let round = 0; round < 20; round += 1) {
      const writes = Array.from({ length: 64 }, (_, index) => cache.set(`${round}-${index}`, 'x'.repeat(1000)))
      for (const write of writes) {
        await write
        expect(cache.stats().volume).toBeLessThanOrEqual(200_000)
      }
    }
    await cache.compact()
    expect(cache.stats().volume).toBeGreaterThan(150_000)
    expect(cache.getSync('19-63')).toBeDefined()
    expect(cache.getSync('0-0')).toBeUndefined()
    const { stated, counted } = await bench.audit()
    expect(stated).toEqual(counted)
  })

  test('set() answers false for a value larger than the limit and leaves no older value', async () => {
    await using bench = await openCache({ sizeLimit: 10_000 })
    await bench.cache.set('key', 'older')
    await bench.cache.set('other', 'stays')
    expect(await bench.cache.set('key', 'x'.repeat(10_000))).toBe(false)
    expect(await bench.cache.get('key')).toBeUndefined()
    expect(await bench.cache.get('other')).toBe('stays')
  })

  test('a store opened with a smaller limit comes below it with the next set', async () => {
    await using bench = await openCache()
    await bench.cache.setMany(Array.from({ length: 1000 }, (_, index) => [`key-${index}`, 'x'.repeat(1000)]))
    await bench.reopen({ sizeLimit: 100_000 })
    await bench.cache.set('one more', 1)
    await bench.cache.compact()
    expect(bench.cache.stats().volume).toBeLessThanOrEqual(90_000)
    expect(bench.cache.getSync('one more')).toBe(1)
  })

  test('entries of a cleared namespace do not come in the way of eviction', async () => {
    await using bench = await openCache({ sizeLimit: 100_000 })
    const cleared = bench.cache.namespace('cleared')
    await cleared.setMany(Array.from({ length: 60 }, (_, index) => [`old-${index}`, 'x'.repeat(1000)]))
    await cleared.clear()
    await bench.cache.setMany(Array.from({ length: 120 }, (_, index) => [`new-${index}`, 'x'.repeat(1000)]))
    expect(bench.cache.stats().volume).toBeLessThanOrEqual(100_000)
    expect(bench.cache.getSync('new-119')).toBeDefined()
    expect(cleared.stats().size).toBe(0)
  })
})
