import { seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { auditDatabase } from './audit-database.js'
import { openCache } from './open-cache.js'

test('writes that nobody awaited are visible at once and end in the order in which they were asked for', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  const { cache } = bench
  const writes = [cache.set('key', 'x'.repeat(500_000)), cache.set('key', 'small')]
  expect(cache.getSync('key')).toBe('small')
  writes.push(cache.delete('key'))
  expect(cache.getSync('key')).toBeUndefined()
  writes.push(cache.set('key', 'last'))
  expect(cache.lookupSync('key')).toMatchObject({ value: 'last', tier: 'memory' })
  expect(await Promise.all(writes)).toEqual([true, true, true, true])
  expect(cache.getSync('key')).toBe('last')
  expect(cache.stats().size).toBe(1)
})

test('a clear removes what was set before it and nothing that was set after it', async () => {
  await using bench = await openCache()
  const { cache } = bench
  const before = cache.set('before', 1)
  const cleared = cache.clear()
  const after = cache.set('after', 2)
  await Promise.all([before, cleared, after])
  expect([cache.getSync('before'), cache.getSync('after')]).toEqual([undefined, 2])
  await bench.reopen()
  expect([bench.cache.getSync('before'), bench.cache.getSync('after')]).toEqual([undefined, 2])
})

test('ten thousand concurrent changes on few keys leave ledger, indexes and blobs consistent', async () => {
  const random = seededRandom(20_261)
  await using bench = await openCache({ sizeLimit: 400_000 })
  const stores = [bench.cache, bench.cache.namespace('n')]
  const changes: Promise<unknown>[] = []
  for (let index = 0; index < 10_000; index += 1) {
    const store = random.pick(stores)
    const key = `key-${random.integer(0, 20)}`
    const action = random.integer(0, 99)
    const value = action < 2 ? 'b'.repeat(65_536 + random.integer(0, 1)) : index
    if (action < 80) changes.push(store.set(key, value, { tags: [`t${index % 3}`], ttlSeconds: index % 5 }))
    else if (action < 98) changes.push(store.delete(key))
    else if (action === 98) changes.push(store.deleteByTag('t1'))
    else changes.push(store.clear())
    if (index % 100 === 0) await changes[index]
  }
  await Promise.all(changes)
  expect(bench.cache.stats().volume).toBeLessThanOrEqual(400_000)
  await bench.cache.compact()
  await bench.cache.close()
  const { stated, counted } = await auditDatabase(bench.directory)
  expect(stated).toEqual(counted)
})
