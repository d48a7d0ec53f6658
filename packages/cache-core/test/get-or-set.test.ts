import { describe, expect, test } from 'vitest'
import { places } from './places.js'

interface Deferred {
  readonly promise: Promise<string>
  resolve(value: string): void
  reject(error: Error): void
}

function deferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> | undefined
  const promise = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject }
  })
  if (settle === undefined) throw new Error('Cannot happen: a promise runs its executor at once')
  return { promise, ...settle }
}

describe.each(places)('a cache %s', (_, openCache) => {
  test('getOrSet() runs the loader once however many callers wait, and stores what it gives', async () => {
    await using bench = await openCache()
    let runs = 0
    const gate = deferred()
    const callers = Array.from({ length: 100 }, () =>
      bench.cache.getOrSet('key', () => {
        runs += 1
        return gate.promise
      }),
    )
    gate.resolve('loaded')
    expect(new Set(await Promise.all(callers))).toEqual(new Set(['loaded']))
    expect(runs).toBe(1)
    expect(await bench.cache.get('key')).toBe('loaded')
  })

  test('getOrSet() gives a rejection to all who wait, stores nothing and loads anew the next time', async () => {
    await using bench = await openCache()
    const gate = deferred()
    const callers = Array.from({ length: 3 }, () => bench.cache.getOrSet('key', () => gate.promise))
    const outcomes = Promise.allSettled(callers)
    gate.reject(new Error('no luck'))
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(bench.cache.stats().size).toBe(0)
    await expect(bench.cache.getOrSet('key', () => Promise.resolve(2))).resolves.toBe(2)
  })

  test.each(['delete', 'set', 'clear', 'deleteByTag'] as const)(
    'getOrSet() does not store a result that a %s() overtook, and later callers load anew',
    async (method) => {
      await using bench = await openCache()
      const gate = deferred()
      const early = bench.cache.getOrSet('key', () => gate.promise)
      if (method === 'set') await bench.cache.set('key', 'set meanwhile')
      else await bench.cache[method]('key')
      const late = bench.cache.getOrSet('key', () => 'newer')
      gate.resolve('outdated')
      expect(await early).toBe('outdated')
      const expected = method === 'set' ? 'set meanwhile' : 'newer'
      expect(await late).toBe(expected)
      expect(await bench.cache.get('key')).toBe(expected)
    },
  )

  test('getOrSet() lets an aborted caller go and finishes for the others', async () => {
    await using bench = await openCache()
    const gate = deferred()
    const impatient = new AbortController()
    const first = bench.cache.getOrSet('key', () => gate.promise, { signal: impatient.signal })
    const second = bench.cache.getOrSet('key', () => gate.promise)
    impatient.abort()
    await expect(first).rejects.toThrow('aborted')
    gate.resolve('loaded')
    expect(await second).toBe('loaded')
  })

  test('getOrSet() rejects with a TypeError what cannot be stored, and copies bytes for each caller', async () => {
    await using bench = await openCache()
    await expect(bench.cache.getOrSet('key', () => undefined)).rejects.toThrow(TypeError)
    const load = () => Promise.resolve(new Uint8Array([1]))
    const [first, second] = await Promise.all([
      bench.cache.getOrSet('bytes', load),
      bench.cache.getOrSet('bytes', load),
    ])
    first[0] = 9
    expect([second, await bench.cache.get('bytes')]).toEqual([new Uint8Array([1]), new Uint8Array([1])])
  })
})
