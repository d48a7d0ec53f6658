import { join } from 'node:path'
import { expect, test } from 'vitest'
import { physicalBytes } from '../src/physical-bytes.js'
import { openCache, type CacheBench } from './open-cache.js'

async function churn({ cache }: CacheBench): Promise<void> {
  for (let round = 0; round < 4; round += 1)
    await cache.setMany(Array.from({ length: 600 }, (_, index) => [`key-${index}`, `${round}`.repeat(10_000)]))
  await cache.deleteMany(Array.from({ length: 590 }, (_, index) => `key-${index}`))
}

test('compact() gives the space of removed entries back and keeps the others', async () => {
  await using bench = await openCache()
  await churn(bench)
  const before = await physicalBytes(join(bench.directory, 'db-v1'))
  await bench.cache.compact()
  expect(await physicalBytes(join(bench.directory, 'db-v1'))).toBeLessThan(before / 3)
  expect(bench.cache.stats().size).toBe(10)
  expect(await bench.cache.get('key-599')).toBe('3'.repeat(10_000))
})

test('an idle cache that wastes space compacts by itself', async () => {
  await using bench = await openCache()
  await churn(bench)
  const before = await physicalBytes(join(bench.directory, 'db-v1'))
  expect(before).toBeGreaterThan(13_000_000)
  bench.clock.advance(6000)
  await bench.cache.get('key-599')
  await expect.poll(() => physicalBytes(join(bench.directory, 'db-v1')), { timeout: 20_000 }).toBeLessThan(before / 3)
})
