import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { ClassicLevel } from 'classic-level'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { databaseFolder } from '../src/layout.js'
import { openCache } from './open-cache.js'

/*
 * In `npm test` a dozen seeds; all of them take some minutes:
 *   FSAGENT_DAMAGE_SEEDS=500 npm run vitest -- --project @fsagent/cache-core damaged-tables
 */
const seeds = Number(process.env['FSAGENT_DAMAGE_SEEDS'] ?? 12)

const words = 'cache tree index signature owner follower record scope query match repair ledger batch stamp'.split(' ')

/** Entries of compressible text, different from each other. */
function makeEntries(count: number, wordsEach: number): (readonly [string, string])[] {
  const random = seededRandom(count)
  const text = () => Array.from({ length: wordsEach }, () => random.pick(words)).join(' ')
  return Array.from({ length: count }, (_, index) => [`key-${index}`, text()] as const)
}

/** The tables of a database below a cache's directory. */
function tablesOf(directory: string): string[] {
  const folder = join(directory, databaseFolder)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ldb'))
    .map((name) => join(folder, name))
}

/** Flips up to three bits anywhere in the tables. */
function damageTables(directory: string, seed: number): void {
  const random = seededRandom(seed)
  for (let flips = random.integer(1, 3); flips > 0; flips -= 1) {
    const path = random.pick(tablesOf(directory))
    const bytes = readFileSync(path)
    const offset = random.integer(0, bytes.length - 1)
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << random.integer(0, 7))
    writeFileSync(path, bytes)
  }
}

test.each([
  { size: 'small, checked at opening', count: 400, wordsEach: 100 },
  { size: 'large, checked before merging', count: 1500, wordsEach: 1200 },
])('damaged tables ($size) give right answers or misses, and never end the process', async ({ count, wordsEach }) => {
  await using bench = await openCache({ memoryLimit: 0 })
  const entries = makeEntries(count, wordsEach)
  await bench.cache.setMany(entries, { tags: ['all'], ttlSeconds: 3600 })
  await bench.cache.compact()
  await bench.close()
  let found = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    using home = temporaryDirectory()
    const directory = home.join('cache')
    cpSync(bench.directory, directory, { recursive: true })
    damageTables(directory, seed)
    const codes: string[] = []
    await using cache = await PersistentCache.open({
      directory,
      memoryLimit: 0,
      clock: bench.clock,
      onWarning: ({ code }) => void codes.push(code),
    })
    for (const [key, value] of entries) expect([undefined, value], `seed ${seed}, ${key}`).toContain(cache.getSync(key))
    await cache.compact()
    bench.clock.advance(60_000)
    await cache.get('key-1')
    await cache.set('after', seed)
    expect(cache.getSync('after'), `seed ${seed}`).toBe(seed)
    if (codes.includes('CACHE_DATABASE_SET_ASIDE')) found += 1
  }
  expect(found, `of ${seeds} damaged databases`).toBeGreaterThan(seeds * 0.9)
})

test('a database of an earlier version, whose tables are not compressed, is read, written and merged', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  // What an earlier version did: the same records, written through a database without compression.
  const location = join(bench.directory, databaseFolder)
  const options = { keyEncoding: 'utf8', valueEncoding: 'buffer' } as const
  const entries = makeEntries(400, 100)
  await bench.cache.setMany(entries)
  await bench.close()
  const compressed = new ClassicLevel<string, Buffer>(location, options)
  const records = await compressed.iterator().all()
  await compressed.clear()
  await compressed.compactRange('', '~')
  await compressed.close()
  const plain = new ClassicLevel<string, Buffer>(location, { ...options, compression: false })
  await plain.batch(records.map(([key, value]) => ({ type: 'put', key, value })))
  await plain.compactRange('', '~')
  await plain.close()
  expect(tablesOf(bench.directory).some((path) => readFileSync(path, 'latin1').includes(entries[7]?.[1] ?? ''))).toBe(
    true,
  )
  await bench.reopen()
  await bench.cache.setMany(entries.slice(0, 100))
  await bench.cache.compact()
  expect(await bench.cache.getMany(entries.map(([key]) => key))).toEqual(entries.map(([, value]) => value))
  expect(bench.warnings).toEqual([])
})
