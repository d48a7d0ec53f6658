import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { auditDatabase } from './audit-database.js'
import { keysOf, openCache, type CacheBench } from './open-cache.js'

const entries = Array.from({ length: 300 }, (_, index) => [`key-${index}`, `value ${index} `.repeat(20)] as const)

const large = 'large '.repeat(20_000)

/** What CURRENT may say after damage: LevelDB opens the file of that name. */
const tooLongName = `${'x'.repeat(300)}\n`

async function filledBench(): Promise<CacheBench> {
  const bench = await openCache({ memoryLimit: 0 })
  await bench.cache.setMany(entries, { tags: ['all'], ttlSeconds: 3600 })
  await bench.cache.namespace('other').setMany(entries)
  await bench.cache.set('large', large)
  await bench.cache.compact()
  await bench.cache.close()
  return bench
}

function databaseFiles(bench: CacheBench, pattern: RegExp): string[] {
  const folder = join(bench.directory, 'db-v1')
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
}

test('flipped bytes in tables and logs never give a wrong value or an error', async () => {
  await using bench = await filledBench()
  const random = seededRandom(4711)
  for (let round = 0; round < 12; round += 1) {
    for (const path of databaseFiles(bench, /\.(ldb|log)$/)) {
      const bytes = readFileSync(path)
      for (let flip = 0; flip < 3 && bytes.length > 0; flip += 1) {
        const offset = random.integer(0, bytes.length - 1)
        bytes[offset] = (bytes[offset] ?? 0) ^ (1 << random.integer(0, 7))
      }
      writeFileSync(path, bytes)
    }
    await bench.reopen()
    const { cache } = bench
    for (const [key, value] of entries)
      expect([undefined, value], `seed ${random.seed}`).toContain(await cache.get(key))
    await keysOf(cache)
    await cache.deleteByTag('all')
    expect(await cache.setMany(entries, { tags: ['all'] }), `seed ${random.seed}`).toBe(true)
    expect(await cache.getMany(entries.map(([key]) => key))).toEqual(entries.map(([, value]) => value))
    await cache.compact()
    await cache.close()
  }
})

test('a record whose value was changed is a miss, is deleted, and its place can be used again', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.cache.set('key', 'UNCOMPRESSED-4711')
  await bench.cache.close()
  for (const path of databaseFiles(bench, /\.(ldb|log)$/)) {
    const text = readFileSync(path, 'latin1').replace('UNCOMPRESSED-4711', 'UNCOMPRESSED-4712')
    writeFileSync(path, text, 'latin1')
  }
  await bench.reopen()
  expect(await bench.cache.get('key')).toBeUndefined()
  await bench.cache.compact()
  expect(await bench.cache.set('key', 'again')).toBe(true)
  expect(await bench.cache.get('key')).toBe('again')
})

test.each([
  ['CURRENT is missing', (bench: CacheBench) => rmSync(join(bench.directory, 'db-v1', 'CURRENT'))],
  ['CURRENT is garbage', (bench: CacheBench) => writeCurrent(bench, 'db-v1', 'garbage\n')],
  ['CURRENT is a longer name than any', (bench: CacheBench) => writeCurrent(bench, 'db-v1', tooLongName)],
  [
    'CURRENT is a name in a folder',
    (bench: CacheBench) => writeCurrent(bench, 'db-v1', 'no: folder/MANIFEST-000001\n'),
  ],
  ['CURRENT is a broken link', (bench: CacheBench) => makeBrokenLink(join(bench.directory, 'db-v1', 'CURRENT'))],
  ['the manifest is missing', (bench: CacheBench) => databaseFiles(bench, /^MANIFEST/).forEach((path) => rmSync(path))],
  [
    'the manifest is cut',
    (bench: CacheBench) => databaseFiles(bench, /^MANIFEST/).forEach((path) => truncateSync(path, 20)),
  ],
  ['all tables are missing', (bench: CacheBench) => databaseFiles(bench, /\.ldb$/).forEach((path) => rmSync(path))],
])('a database where %s is set aside with one warning and a fresh one opened', async (_, damage) => {
  await using bench = await filledBench()
  damage(bench)
  await bench.reopen()
  expect(bench.cache.role).toBe('owner')
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DATABASE_SET_ASIDE'])
  expect(bench.cache.stats().size).toBe(0)
  expect(await bench.cache.set('key', 'fresh')).toBe(true)
  await bench.cache.compact()
  expect(readdirSync(bench.directory).filter((name) => name.startsWith('damaged-'))).toEqual([])
  await bench.reopen()
  expect(await bench.cache.get('key')).toBe('fresh')
  expect(bench.warnings).toHaveLength(1)
})

test.each([
  ['a table is empty', (bench: CacheBench) => databaseFiles(bench, /\.ldb$/).forEach((path) => truncateSync(path))],
  ['a table is a directory', (bench: CacheBench) => databaseFiles(bench, /\.ldb$/).forEach(makeDirectory)],
  ['a table is a broken link', (bench: CacheBench) => databaseFiles(bench, /\.ldb$/).forEach(makeBrokenLink)],
  ["LevelDB's own log is a directory", (bench: CacheBench) => databaseFiles(bench, /^LOG$/).forEach(makeDirectory)],
  ['the lock is a directory', (bench: CacheBench) => makeDirectory(join(bench.directory, 'election', 'LOCK'))],
  ['the generations are a directory', (bench: CacheBench) => makeDirectory(join(bench.directory, 'generations'))],
  ['the generations are a broken link', (bench: CacheBench) => makeBrokenLink(join(bench.directory, 'generations'))],
  ['owner.json is a directory', (bench: CacheBench) => makeDirectory(join(bench.directory, 'owner.json'))],
  ['the database is a file', (bench: CacheBench) => makeFile(join(bench.directory, 'db-v1'))],
  ['the election is a file', (bench: CacheBench) => makeFile(join(bench.directory, 'election'))],
  ['the folder of blobs is a file', (bench: CacheBench) => makeFile(join(bench.directory, 'blobs'))],
  [
    'each blob is a directory',
    (bench: CacheBench) => {
      for (const name of readdirSync(join(bench.directory, 'blobs'), { recursive: true, encoding: 'utf8' }))
        if (name.length > 64) makeDirectory(join(bench.directory, 'blobs', name))
    },
  ],
])('a cache where %s works again at once', async (_, damage) => {
  await using bench = await filledBench()
  damage(bench)
  await bench.reopen()
  expect(bench.cache.role).toBe('owner')
  expect([undefined, entries[0]?.[1]]).toContain(await bench.cache.get('key-0'))
  expect(await bench.cache.setMany([...entries, ['large', large]])).toBe(true)
  expect(await bench.cache.get('large')).toBe(large)
  expect(bench.warnings.map(({ code }) => code)).not.toContain('CACHE_UNSHARED')
  await bench.reopen()
  expect(await bench.cache.getMany(['key-0', 'key-299'])).toEqual([entries[0]?.[1], entries[299]?.[1]])
  expect(await bench.cache.get('large')).toBe(large)
})

function makeDirectory(path: string): void {
  rmSync(path, { force: true })
  mkdirSync(path)
}

function makeBrokenLink(path: string): void {
  rmSync(path)
  symlinkSync(`${path}.nowhere`, path)
}

function makeFile(path: string): void {
  rmSync(path, { recursive: true })
  writeFileSync(path, '')
}

function writeCurrent({ directory }: CacheBench, folder: string, name: string): void {
  writeFileSync(join(directory, folder, 'CURRENT'), name)
}

test.each(['garbage', tooLongName])('a damaged election is replaced without touching the entries', async (current) => {
  await using bench = await filledBench()
  writeCurrent(bench, 'election', current)
  await bench.reopen()
  expect(await bench.cache.get('key-1')).toBe(entries[1]?.[1])
})

test('a table that vanishes while the cache is open turns hits into misses and nothing else', async () => {
  await using bench = await filledBench()
  await bench.reopen()
  for (const path of databaseFiles(bench, /\.ldb$/)) rmSync(path)
  for (const [key, value] of entries) expect([undefined, value]).toContain(await bench.cache.get(key))
  bench.clock.advance(60_000)
  await bench.cache.set('key', 1)
  bench.clock.advance(60_000)
  expect(await bench.cache.set('key', 2)).toBe(true)
  expect(await bench.cache.get('key')).toBe(2)
})

test('the ledger counts again what damage made wrong', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.cache.setMany(entries)
  await bench.cache.close()
  const { Ledger } = await import('../src/ledger.js')
  const { openLevelDatabase } = await import('../src/level-database.js')
  const database = await openLevelDatabase(join(bench.directory, 'db-v1'))
  const ledger = await Ledger.read(database)
  const keys = await database.keys({ gte: '!m!', lt: '!m"', limit: 10 }).all()
  const batch = database.batch()
  for (const key of keys) batch.put(key, Buffer.from('damaged'))
  ledger?.suspect()
  ledger?.writeTo(batch)
  await batch.write()
  await database.close()
  await bench.reopen()
  await bench.cache.compact()
  expect(bench.cache.stats().size).toBe(290)
  await bench.cache.close()
  const { stated, counted } = await auditDatabase(bench.directory)
  expect({ ...stated, access: undefined }).toEqual({ ...counted, access: undefined })
})
