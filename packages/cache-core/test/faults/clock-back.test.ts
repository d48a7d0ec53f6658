import { FakeClock, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { openCacheProcess } from '../cache-process.js'
import { keysOf, openShared } from '../open-cache.js'

const hour = 3_600_000

test('what was stored while the clock was an hour ahead is a miss once it is right, and is stored again', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const ahead = await PersistentCache.open({ directory, clock: new FakeClock(Date.now() + hour) })
  await ahead.set('key', 'from the future', { tags: ['tag'] })
  await ahead.set('short', 'from the future', { ttlSeconds: 60 })
  await ahead.set('large', 'x'.repeat(100_000))
  await ahead.close()
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  expect(await owner.call('getMany', ['key', 'short', 'large'])).toEqual([null, null, null])
  expect(await follower.call('getMany', ['key', 'short', 'large'])).toEqual([null, null, null])
  expect(await owner.call('stats')).toMatchObject({ misses: 3, stale: 3 })
  // A machine so busy that the owner does not answer in time refuses a set at first.
  const set = () => follower.call('set', 'key', 'now', { tags: ['tag'] })
  await expect.poll(set, { timeout: 20_000, interval: 50 }).toBe(true)
  expect([await owner.call('get', 'key'), await owner.call('deleteByTag', 'tag')]).toEqual(['now', 1])
  expect(await owner.call('set', 'large', 'y'.repeat(100_000))).toBe(true)
  const get = () => follower.call('get', 'large')
  await expect.poll(get, { timeout: 20_000, interval: 50 }).toBe('y'.repeat(100_000))
  expect(await owner.call('warnings')).toEqual([])
})

test('a clock that is set back and on again under an owner and a follower brings no older value back', async () => {
  await using bench = await openShared()
  const { owner, follower, clock } = bench
  await owner.set('key', 'older')
  await owner.set('kept', 'kept')
  expect(await follower.get('key')).toBe('older')
  const before = clock.now()
  clock.setWall(before - hour)
  for (const cache of [owner, follower]) expect(await cache.get('key')).toBeUndefined()
  expect(await keysOf(follower)).toEqual([])
  expect(await follower.set('key', 'newer', { ttlSeconds: 2 * 3600 })).toBe(true)
  for (const cache of [owner, follower]) expect(await cache.get('key')).toBe('newer')
  clock.setWall(before)
  for (const cache of [owner, follower]) expect(await cache.get('key')).toBe('newer')
  // Nobody asked for it meanwhile: its time has come again.
  expect([undefined, 'kept']).toContain(await follower.get('kept'))
  clock.setWall(before + 2 * hour)
  for (const cache of [owner, follower]) expect(await cache.get('key')).toBeUndefined()
})
