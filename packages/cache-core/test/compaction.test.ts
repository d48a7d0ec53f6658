import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { physicalBytes } from '../src/physical-bytes.js'
import { openCache, type CacheBench } from './open-cache.js'

/** Random bytes: no compression makes them smaller. */
async function fill({ cache }: CacheBench, prefix: string, count: number): Promise<void> {
  await cache.setMany(Array.from({ length: count }, (_, index) => [`${prefix}-${index}`, randomBytes(4000)]))
}

const databaseBytes = (bench: CacheBench) => physicalBytes(join(bench.directory, 'db-v1'))

test('compact() gives the space of removed entries back and keeps the others', async () => {
  await using bench = await openCache()
  for (let round = 0; round < 3; round += 1) await fill(bench, 'key', 1000)
  await bench.cache.deleteMany(Array.from({ length: 990 }, (_, index) => `key-${index}`))
  expect(await databaseBytes(bench)).toBeGreaterThan(8_000_000)
  await bench.cache.compact()
  expect(await databaseBytes(bench)).toBeLessThan(1_048_576)
  expect(bench.cache.stats().size).toBe(10)
  expect(await bench.cache.get('key-999')).toHaveLength(4000)
})

test('compact() leaves no table of a cleared namespace behind, wherever LevelDB had put it', async () => {
  await using bench = await openCache()
  await bench.cache.set('stays', 1)
  const cleared = bench.cache.namespace('cleared')
  for (let round = 0; round < 4; round += 1) {
    await cleared.setMany(Array.from({ length: 600 }, (_, index) => [`key-${index}`, randomBytes(4000)]))
    await cleared.clear()
    await bench.cache.compact()
    expect(await databaseBytes(bench), `round ${round}`).toBeLessThan(1_048_576)
  }
  expect(await bench.cache.get('stays')).toBe(1)
})

test('the disk settles at 1.6 times the volume after twice the limit was written and half of it deleted', async () => {
  await using bench = await openCache({ sizeLimit: 6_000_000 })
  const { cache, clock } = bench
  await fill(bench, 'key', 3000)
  await cache.deleteMany(Array.from({ length: 3000 }, (_, index) => `key-${index * 2}`))
  expect(await databaseBytes(bench)).toBeGreaterThan(cache.stats().volume * 1.6)
  clock.advance(6000)
  await cache.get('key-2999')
  await expect.poll(() => databaseBytes(bench), { timeout: 20_000 }).toBeLessThan(cache.stats().volume * 1.6)
  expect(cache.stats().volume).toBeGreaterThan(2_000_000)
})

test('an idle cache compacts again after it became smaller without a set', async () => {
  await using bench = await openCache()
  const { cache, clock } = bench
  // What is idle is looked at about once a second; a look may find that something still runs.
  const laterBytes = async (): Promise<number> => {
    clock.advance(1000)
    await cache.get('b-1')
    return await databaseBytes(bench)
  }
  for (const prefix of ['a', 'a', 'b']) await fill(bench, prefix, 800)
  clock.advance(6000)
  await cache.get('b-1')
  await expect.poll(laterBytes, { timeout: 20_000 }).toBeLessThan(cache.stats().volume * 1.6)
  await cache.deleteMany(Array.from({ length: 800 }, (_, index) => `a-${index}`))
  clock.advance(6000)
  await cache.get('b-1')
  await expect.poll(laterBytes, { timeout: 20_000 }).toBeLessThan(cache.stats().volume * 1.6)
})
