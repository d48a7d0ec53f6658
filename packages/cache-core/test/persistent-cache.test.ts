import { describe, expect, test } from 'vitest'
import { CacheError, PersistentCache, systemClock } from '../src/index.js'
import { keysOf } from './open-cache.js'
import { places } from './places.js'

describe.each(places)('a cache %s', (_, openCache) => {
  test.each([
    ['a string', 'größer 😀'],
    ['a string with a lone surrogate', 'a\uD800b'],
    ['an empty string', ''],
    ['bytes', new Uint8Array([0, 255, 3])],
    ['null', null],
    ['a number', -0.5],
    ['a bigint', 2n ** 80n],
    [
      'a nested object',
      { map: new Map([[1, new Set(['a'])]]), date: new Date(5), bytes: new Uint8Array(3), gap: undefined },
    ],
    ['a typed array', new Float64Array([1.5, 2])],
    ['a large string', 'y'.repeat(100_000)],
  ])('get() returns %s as it was set, from memory, from disk and after reopening', async (_kind, value) => {
    await using bench = await openCache()
    expect(await bench.cache.set('key', value)).toBe(true)
    expect(await bench.cache.get('key')).toEqual(value)
    expect(bench.cache.lookupSync('key')?.tier).toBe('memory')
    await bench.reopen()
    expect(bench.cache.lookupSync('key')).toEqual({ value, tier: 'disk', ageSeconds: 0 })
  })

  test.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['an object with a function inside', { run: () => 1 }],
    ['a promise', Promise.resolve(1)],
    ['a weak map', new WeakMap()],
  ])('set() rejects %s with a TypeError and keeps the older value', async (_kind, value) => {
    await using bench = await openCache()
    await bench.cache.set('key', 'older')
    await expect(bench.cache.set('key', value)).rejects.toThrow(TypeError)
    await expect(
      bench.cache.setMany([
        ['other', 1],
        ['key', value],
      ]),
    ).rejects.toThrow(TypeError)
    expect(await bench.cache.get('key')).toBe('older')
    expect(await bench.cache.has('other')).toBe(false)
  })

  test('set() refuses a single tag that is in no array, and says so', async () => {
    await using bench = await openCache()
    // @ts-expect-error -- what JavaScript lets a caller write
    const set = bench.cache.set('key', 1, { tags: 'site' })
    await expect(set).rejects.toThrow('tags "site": they must be an array of strings')
  })

  test('get() returns undefined after the entry expired, and the sweep removes it', async () => {
    await using bench = await openCache()
    await bench.cache.set('short', 1, { ttlSeconds: 1.5 })
    await bench.cache.set('long', 2, { ttlSeconds: 0 })
    bench.clock.advance(1499)
    expect(await bench.cache.get('short')).toBe(1)
    bench.clock.advance(1)
    expect(await bench.cache.get('short')).toBeUndefined()
    expect(bench.cache.stats()).toMatchObject({ hits: 1, misses: 1, stale: 1 })
    await bench.cache.set('swept', 3, { ttlSeconds: 1 })
    bench.clock.advance(10_000_000)
    await bench.cache.compact()
    expect(bench.cache.stats().size).toBe(1)
    expect(await bench.cache.get('long')).toBe(2)
  })

  test('get() treats an entry from the future as expired, from memory and from disk', async () => {
    await using bench = await openCache()
    await bench.cache.set('a', 1)
    await bench.cache.set('b', 1)
    bench.clock.setWall(bench.clock.now() - 1)
    expect(await bench.cache.get('a')).toBeUndefined()
    await bench.reopen()
    expect(await bench.cache.get('b')).toBeUndefined()
  })

  test('set() refuses a ttl that is negative or not a number with a RangeError', async () => {
    await using bench = await openCache()
    for (const ttlSeconds of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(bench.cache.set('key', 1, { ttlSeconds })).rejects.toThrow(RangeError)
    expect(await bench.cache.set('key', 1, { ttlSeconds: 1e300 })).toBe(true)
    expect(await bench.cache.get('key')).toBe(1)
  })

  test('get() hands out copies of bytes, and set() keeps a copy', async () => {
    await using bench = await openCache()
    const bytes = Buffer.from([1, 2, 3])
    await bench.cache.set('key', bytes)
    bytes[0] = 9
    const first = await bench.cache.get<Uint8Array>('key')
    first?.fill(7)
    const second = await bench.cache.get<Uint8Array>('key')
    expect(second).toEqual(new Uint8Array([1, 2, 3]))
    expect(Buffer.isBuffer(second)).toBe(false)
  })

  test('set() keeps what the value was, not what the caller makes of it later', async () => {
    await using bench = await openCache()
    const value = { list: [1] }
    await bench.cache.set('key', value)
    value.list.push(2)
    expect(await bench.cache.get('key')).toEqual({ list: [1] })
  })

  test('namespaces keep their keys, tags, counters and clears to themselves, however they are named', async () => {
    await using bench = await openCache()
    const stores = [
      bench.cache,
      ...['a', 'a:', '1:a', 'a:b', '\uFFFF', '\uD800', '0:'].map((name) => bench.cache.namespace(name)),
    ]
    for (const [index, store] of stores.entries()) await store.set('a:b', index, { tags: ['tag'] })
    for (const [index, store] of stores.entries()) expect(store.getSync('a:b')).toBe(index)
    const [, first, second] = stores
    await first?.clear()
    expect(await second?.deleteByTag('tag')).toBe(1)
    expect(await Promise.all(stores.map((store) => store.has('a:b')))).toEqual([
      true,
      false,
      false,
      true,
      true,
      true,
      true,
      true,
    ])
    expect(first?.stats()).toMatchObject({ size: 0, volume: 0, hits: 1, misses: 0 })
    expect(bench.cache.stats()).toMatchObject({ size: 6, hits: 8, misses: 0 })
    expect(bench.cache.namespace('a')).toBe(first)
    expect(() => bench.cache.namespace('')).toThrow(TypeError)
    await bench.cache.clear()
    expect(bench.cache.stats()).toMatchObject({ size: 0, volume: 0 })
    expect(bench.cache.getSync('a:b')).toBeUndefined()
  })

  test('keys() lists live keys by prefix in byte order, without pending ones missing', async () => {
    await using bench = await openCache()
    const keys = ['b', 'a/2', 'a/1', 'ä', '😀', 'a']
    const writes = keys.map((key) => bench.cache.set(key, 1))
    expect(await keysOf(bench.cache)).toEqual(['a', 'a/1', 'a/2', 'b', 'ä', '😀'])
    expect(await keysOf(bench.cache, 'a/')).toEqual(['a/1', 'a/2'])
    expect(await keysOf(bench.cache, '\uD83D')).toEqual(['😀'])
    await Promise.all(writes)
  })

  test('keys() ends when the cache is closed meanwhile', async () => {
    await using bench = await openCache()
    await bench.cache.setMany(Array.from({ length: 1000 }, (_, index) => [`key-${index}`, index]))
    const seen: string[] = []
    for await (const key of bench.cache.keys()) {
      if (seen.length === 0) await bench.cache.close()
      seen.push(key)
    }
    expect(seen.length).toBeLessThan(1000)
  })

  test('deleteMany() and getMany() answer for each key', async () => {
    await using bench = await openCache()
    expect(
      await bench.cache.setMany([
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ]),
    ).toBe(true)
    expect(await bench.cache.deleteMany(['a', 'missing', 'c'])).toBe(2)
    expect(await bench.cache.getMany(['c', 'b', 'a'])).toEqual([undefined, 2, undefined])
  })

  test('stats() reports sizes from the ledger after reopening', async () => {
    await using bench = await openCache({ sizeLimit: 1_000_000, memoryLimit: 0 })
    await bench.cache.set('key', 'x'.repeat(100))
    const { size, volume } = bench.cache.stats()
    await bench.reopen()
    expect(volume).toBeGreaterThan(103)
    expect(volume).toBeLessThan(250)
    expect(bench.cache.stats()).toEqual({
      size,
      volume,
      directory: bench.directory,
      size_limit: 1_000_000,
      hits: 0,
      misses: 0,
      stale: 0,
      evictions: 0,
      role: 'owner',
      serving: 'none',
      memory: { size: 0, bytes: 0, limit: 0 },
    })
  })

  test('close() finishes what was asked for, may be called twice, and leaves misses behind', async () => {
    await using bench = await openCache()
    const write = bench.cache.set('key', 'x'.repeat(200_000))
    await Promise.all([bench.cache.close(), bench.cache.close()])
    expect(await write).toBe(true)
    expect(bench.cache.role).toBe('degraded')
    expect([await bench.cache.get('key'), await bench.cache.set('key', 1)]).toEqual([undefined, false])
    expect(await bench.cache.getOrSet('key', () => 'loaded')).toBe('loaded')
    await bench.reopen()
    expect(await bench.cache.get<string>('key')).toHaveLength(200_000)
  })

  test('an aborted signal rejects the call with its reason', async () => {
    await using bench = await openCache()
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(bench.cache.get('key', { signal })).rejects.toThrow('enough')
    await expect(bench.cache.set('key', 1, { signal })).rejects.toThrow('enough')
    await expect(bench.cache.getOrSet('key', () => 1, { signal })).rejects.toThrow('enough')
    expect(bench.cache.stats().size).toBe(0)
  })

  test('open() refuses wrong options as misuse', async () => {
    await expect(PersistentCache.open({ directory: '' })).rejects.toThrow(TypeError)
    // @ts-expect-error -- what JavaScript lets a caller forget
    await expect(PersistentCache.open()).rejects.toThrow('the directory must be a path')
    await expect(PersistentCache.open({ directory: 'x', sizeLimit: 0 })).rejects.toThrow(RangeError)
    await expect(PersistentCache.open({ directory: 'x', memoryLimit: 0.5 })).rejects.toThrow(RangeError)
    expect(new CacheError('CACHE_DIRECTORY_FOREIGN', 'x')).toMatchObject({
      name: 'CacheError',
      code: 'CACHE_DIRECTORY_FOREIGN',
    })
    expect(systemClock.now()).toBeGreaterThan(systemClock.monotonic())
  })
})
