import { temporaryDirectory } from '@fsagent/testing'
import { MemoryLevel } from 'memory-level'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { keysOf } from './open-cache.js'

test('a cache in a level is verified, backed up and restored, and nothing else in the level is touched', async () => {
  using home = temporaryDirectory()
  await using level = new MemoryLevel()
  await level.put('mine', 'stays')
  await using cache = await PersistentCache.fromLevel(level, { memoryLimit: 0 })
  const keys = Array.from({ length: 100 }, (_, index) => `key-${String(index).padStart(2, '0')}`)
  await cache.setMany(keys.map((key) => [key, key.repeat(20_000)]))
  expect(await cache.backup(home.join('backup'))).toMatchObject({ entries: 100, skipped: 0 })
  await cache.clear()
  await cache.set('other', 1)
  expect(await cache.restore(home.join('backup'))).toMatchObject({ entries: 100 })
  expect(await keysOf(cache)).toEqual(keys)
  expect(await cache.get('key-07')).toBe('key-07'.repeat(20_000))
  const [value] = await level.keys({ gte: '!fsagent-cache!!v!', limit: 1 }).all()
  await level.del(value ?? '')
  await level.put('!fsagent-cache!!a!nonsense', '')
  expect(await cache.verify()).toMatchObject({ checkedEntries: 100, removedEntries: 1, removedKeys: 1 })
  expect(await keysOf(cache)).toEqual(keys.slice(1))
  expect(await level.get('mine')).toBe('stays')
})

test('jobs are refused by a level without snapshots, and the cache goes on', async () => {
  await using level = new MemoryLevel()
  Object.assign(level.supports, { explicitSnapshots: false })
  await using cache = await PersistentCache.fromLevel(level)
  await expect(cache.verify()).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE' })
  expect([await cache.set('key', 1), cache.role]).toEqual([true, 'owner'])
})
