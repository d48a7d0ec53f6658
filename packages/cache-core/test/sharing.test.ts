import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from './cache-process.js'
import { keysOf, openShared } from './open-cache.js'

test('two processes share entries, tags, namespaces, keys and statistics', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  expect([await owner.call('role'), await follower.call('role')]).toEqual(['owner', 'follower'])
  expect(await owner.call('set', 'a', { from: 'owner' }, { tags: ['t'] })).toBe(true)
  expect(await follower.call('set', 'b', 'x'.repeat(200_000), { tags: ['t'] })).toBe(true)
  expect(await follower.call('within', 'n', 'set', 'a', [1, null], { ttlSeconds: 60 })).toBe(true)
  expect(await follower.call('getMany', ['a', 'b', 'c'])).toEqual([{ from: 'owner' }, 'x'.repeat(200_000), null])
  expect(await owner.call('getMany', ['a', 'b', 'c'])).toEqual([{ from: 'owner' }, 'x'.repeat(200_000), null])
  expect(await owner.call('within', 'n', 'get', 'a')).toEqual([1, null])
  expect(await follower.call('list', '')).toEqual(['a', 'b'])
  const [atOwner, atFollower] = [await owner.call('stats'), await follower.call('stats')]
  expect(atOwner).toMatchObject({ size: 3, role: 'owner' })
  expect(atFollower).toMatchObject({ size: 3, role: 'follower' })
  const inNamespace = await owner.call('within', 'n', 'stats')
  expect(inNamespace).toMatchObject({ size: 1 })
  expect(await follower.call('within', 'n', 'stats')).toMatchObject({ size: 1 })
  expect(await follower.call('deleteByTag', 't')).toBe(2)
  expect(await owner.call('getMany', ['a', 'b'])).toEqual([null, null])
  expect(await owner.call('within', 'n', 'delete', 'a')).toBe(true)
  expect(await follower.call('within', 'n', 'has', 'a')).toBe(false)
  await follower.call('set', 'last', 1)
  await owner.call('clear')
  expect(await follower.call('get', 'last')).toBeNull()
  expect(await follower.call('stats')).toMatchObject({ size: 0, volume: 0 })
  expect([await owner.call('warnings'), await follower.call('warnings')]).toEqual([[], []])
})

test.each([
  ['a string', 'größer 😀'],
  ['bytes', new Uint8Array([0, 255, 3])],
  ['null', null],
  ['a map', new Map([[1, new Set(['a'])]])],
  ['a large object', { text: 'y'.repeat(100_000) }],
])('a follower gets %s as it was set by either side', async (_, value) => {
  await using bench = await openShared()
  const { owner, follower } = bench
  for (const key of ['\uD800', 'ключ😀\uFFFF', '']) {
    expect(await follower.set(key, value)).toBe(true)
    expect(await owner.get(key)).toEqual(value)
    expect(await follower.get(key)).toEqual(value)
    expect(await owner.set(key, value)).toBe(true)
    expect(await follower.lookup(key)).toMatchObject({ value, tier: 'disk', ageSeconds: 0 })
    expect(await follower.lookup(key)).toMatchObject({ value, tier: 'memory' })
  }
  expect(await keysOf(follower)).toEqual(await keysOf(owner))
})

test('a follower counts hits, misses and stale entries, and lists more keys than fit into one answer', async () => {
  await using bench = await openShared()
  const { owner, follower, clock } = bench
  const keys = Array.from({ length: 5000 }, (_, index) => `key-${String(index).padStart(5, '0')}`)
  expect(await follower.setMany(keys.map((key) => [key, key]))).toBe(true)
  expect(await keysOf(follower, 'key-')).toEqual(keys)
  expect(await follower.getMany(keys)).toEqual(keys)
  await owner.set('short', 1, { ttlSeconds: 1 })
  expect(await follower.get('short')).toBe(1)
  clock.advance(1000)
  expect(await follower.get('short')).toBeUndefined()
  expect(await follower.get('missing')).toBeUndefined()
  expect(follower.lookupSync('missing')).toBeUndefined()
  expect(follower.stats()).toMatchObject({ hits: 5001, misses: 2, stale: 1 })
  expect(await follower.deleteMany(['key-00000', 'missing'])).toBe(1)
})

test('changes of a follower that nobody awaited happen in their order, whatever their size', async () => {
  await using bench = await openShared()
  const { owner, follower } = bench
  const changes = [
    follower.set('key', 'x'.repeat(300_000)),
    follower.set('key', 'small'),
    follower.set('other', 'y'.repeat(100_000)),
    follower.delete('other'),
    follower.set('gone', 1),
    follower.namespace('n').set('kept', 1),
  ]
  expect(await Promise.all(changes)).toEqual([true, true, true, true, true, true])
  expect([await owner.get('key'), await owner.get('other')]).toEqual(['small', undefined])
  expect(await follower.get('key')).toBe('small')
  const cleared = follower.clear()
  const after = follower.set('after', 2)
  await Promise.all([cleared, after])
  expect(await keysOf(owner)).toEqual(['after'])
})

test('a large value is stored again after the one before it was deleted, and after its file was damaged', async () => {
  await using bench = await openShared({ memoryLimit: 0 })
  const { owner, follower, directory } = bench
  const value = 'x'.repeat(100_000)
  for (let round = 0; round < 30; round += 1) {
    expect(await follower.set('key', value)).toBe(true)
    expect(await owner.get('key')).toBe(value)
    expect(await (round % 2 === 0 ? owner : follower).delete('key')).toBe(true)
  }
  await follower.set('key', value)
  bench.damageBlobs(directory)
  expect(await follower.get('key')).toBeUndefined()
  expect(await follower.set('key', value)).toBe(true)
  expect([await follower.get('key'), await owner.get('key')]).toEqual([value, value])
})

test('getOrSet() of a follower finds what the owner has and stores what it loads', async () => {
  await using bench = await openShared()
  const { owner, follower } = bench
  await owner.set('known', 'there')
  let loads = 0
  const load = () => `loaded ${(loads += 1)}`
  expect(await follower.getOrSet('known', load)).toBe('there')
  expect(await Promise.all([follower.getOrSet('new', load), follower.getOrSet('new', load)])).toEqual([
    'loaded 1',
    'loaded 1',
  ])
  expect(await owner.get('new')).toBe('loaded 1')
})
