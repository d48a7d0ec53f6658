import keyvTestSuite, { keyvIteratorTests } from '@keyv/test-suite'
import { temporaryDirectory } from '@fsagent/testing'
import { Keyv, type KeyvStoreAdapter } from 'keyv'
import { MemoryLevel } from 'memory-level'
import * as vitest from 'vitest'
import { PersistentCache } from '../src/index.js'
import { KeyvStore } from '../src/keyv.js'
import { openCache, openShared } from './open-cache.js'

const { afterAll, describe, expect, test } = vitest

const home = temporaryDirectory()
const caches = [
  { place: 'a directory', cache: await PersistentCache.open({ directory: home.join('cache') }) },
  { place: 'a level', cache: await PersistentCache.fromLevel(new MemoryLevel()) },
]
afterAll(async () => {
  for (const { cache } of caches) await cache.close()
  home[Symbol.dispose]()
})

describe.each(caches)("Keyv's own test suite over a cache in $place", ({ cache }) => {
  const store = (): KeyvStoreAdapter => new KeyvStore(cache.namespace('keyv'))
  keyvTestSuite(vitest, Keyv, store)
  keyvIteratorTests(vitest, Keyv, store)
})

test('many entries are set, got, asked for and deleted at once', async () => {
  await using bench = await openCache()
  const keyv = new Keyv({ store: new KeyvStore(bench.cache), namespace: 'app' })
  const entries = ['a', 'b', 'c'].map((key, index) => ({ key, value: { index } }))
  expect(await keyv.setMany(entries)).toEqual([true, true, true])
  expect(await keyv.getMany(['c', 'none', 'a'])).toEqual([{ index: 2 }, undefined, { index: 0 }])
  expect(await keyv.hasMany(['a', 'none'])).toEqual([true, false])
  expect(await keyv.deleteMany(['a', 'a', 'b'])).toBe(true)
  expect(await keyv.deleteMany(['b', 'c'])).toBe(false)
  expect(bench.cache.stats().size).toBe(0)
})

test('a time to live that is over, has no end, or is no number is what it is in a Map of Keyv', async () => {
  await using bench = await openCache()
  const errors: unknown[] = []
  const stores = [new Keyv({ store: new KeyvStore(bench.cache) }), new Keyv({ store: new Map() })]
  for (const keyv of stores) keyv.on('error', (error) => errors.push(error))
  const [ours, map] = await Promise.all(
    stores.map(async (keyv) => {
      const said: unknown[] = []
      for (const ttl of [Number.POSITIVE_INFINITY, Number.NaN, -1]) {
        await keyv.set('key', 'before')
        said.push(await keyv.set('key', String(ttl), ttl), await keyv.get('key'))
      }
      return said
    }),
  )
  expect(ours).toEqual([true, 'Infinity', true, 'NaN', true, undefined])
  expect([map, errors]).toEqual([ours, []])
})

test('a time to live in milliseconds ends an entry in the cache, and 0 means never', async () => {
  await using bench = await openCache()
  const store = new KeyvStore(bench.cache)
  await store.set('short', 'x', 1500)
  await store.setMany([
    { key: 'none', value: 'y', ttl: 0 },
    { key: 'long', value: 'z', ttl: 60_000 },
  ])
  bench.clock.advance(1499)
  expect(await store.has('short')).toBe(true)
  bench.clock.advance(1)
  expect(await store.getMany(['short', 'none', 'long'])).toEqual([undefined, 'y', 'z'])
  bench.clock.advance(60_000)
  expect(await store.getMany(['none', 'long'])).toEqual(['y', undefined])
})

test('clear() of a namespace leaves longer names, other stores and the rest of the cache alone', async () => {
  await using bench = await openCache()
  await bench.cache.set('a:mine', 1)
  const part = bench.cache.namespace('keyv')
  const keyvs = ['a', 'ab'].map((namespace) => new Keyv({ store: new KeyvStore(part), namespace }))
  for (const keyv of keyvs)
    await Promise.all(Array.from({ length: 600 }, async (_, index) => await keyv.set(`key-${index}`, index)))
  await keyvs[0]?.clear()
  expect([await keyvs[0]?.get('key-1'), await keyvs[1]?.get('key-1')]).toEqual([undefined, 1])
  expect(part.stats().size).toBe(600)
  await new KeyvStore(part).clear()
  expect([part.stats().size, await bench.cache.get('a:mine')]).toEqual([0, 1])
})

test('iterator() passes over entries that expire meanwhile', async () => {
  await using bench = await openCache()
  const store = new KeyvStore(bench.cache)
  await store.set('a', 1, 1000)
  await store.set('b', 2, 1000)
  await store.set('c', 3)
  const seen: unknown[] = []
  for await (const [key, value] of store.iterator()) {
    seen.push([key, value])
    bench.clock.advance(1000)
  }
  expect(seen).toContainEqual(['c', 3])
  expect(seen.length).toBeLessThan(4)
})

test('two Keyv instances in two processes share one directory, whoever owns it', async () => {
  await using bench = await openShared()
  const [first, second] = [bench.owner, bench.follower].map((cache) => new Keyv({ store: new KeyvStore(cache) }))
  await second?.set('key', 'from the follower')
  expect(await first?.get('key')).toBe('from the follower')
  await first?.delete('key')
  expect(await second?.get('key')).toBeUndefined()
})

test('disconnect() closes a cache that the store opened, and no other', async () => {
  await using bench = await openCache()
  await new Keyv({ store: new KeyvStore(bench.cache) }).disconnect()
  expect(bench.cache.role).toBe('owner')
  await bench.close()
  const keyv = new Keyv({ store: await KeyvStore.open({ directory: bench.directory }) })
  expect(await keyv.set('key', 1)).toBe(true)
  await keyv.disconnect()
  expect(await keyv.get('key')).toBeUndefined()
  await bench.reopen()
  expect(bench.cache.stats().size).toBe(1)
})
