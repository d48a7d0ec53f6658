import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { keysOf, openCache, type CacheBench } from './open-cache.js'

const large = (index: number) => `${'x'.repeat(70_000)}${index}`

function beside(bench: CacheBench, name = 'backup'): string {
  return join(dirname(bench.directory), name)
}

test('backup() during writes is the state of one moment: what one setMany() stored is never torn apart', async () => {
  await using bench = await openCache()
  await using copy = await openCache()
  const { cache } = bench
  const pair = async (round: number) => {
    const value = round % 5 === 0 ? large(round) : round
    await cache.setMany(Array.from({ length: 20 }, (_, index) => [`key-${index}`, value]))
  }
  await pair(0)
  // A failure of the test ends the writing too.
  using state = { isRunning: true, rounds: 0, [Symbol.dispose]: () => void (state.isRunning = false) }
  const writing = (async () => {
    for (; state.isRunning; state.rounds += 1) await pair(state.rounds)
  })()
  const seen = new Set<unknown>()
  for (let turn = 0; turn < 15; turn += 1) {
    const earliest = state.rounds
    await cache.backup(beside(bench))
    expect(await copy.cache.restore(beside(bench))).toMatchObject({ entries: 20 })
    const values = await copy.cache.getMany(Array.from({ length: 20 }, (_, index) => `key-${index}`))
    expect(new Set(values).size).toBe(1)
    const round = Number(String(values[0]).replace(/^x+/, ''))
    expect(round).toBeGreaterThanOrEqual(earliest - 1)
    seen.add(round)
  }
  state.isRunning = false
  await writing
  expect(seen.size).toBeGreaterThan(5)
})

test('backup() keeps files of values that go while it runs, and they go after it', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await using copy = await openCache()
  const indexes = Array.from({ length: 60 }, (_, index) => index)
  await bench.cache.setMany(indexes.map((index) => [`key-${index}`, large(index)]))
  const saving = bench.cache.backup(beside(bench))
  // Later than the call of backup(), and long before its end.
  const cleared = bench.cache.clear()
  expect(await saving).toMatchObject({ entries: 60, skipped: 0 })
  await cleared
  await copy.cache.restore(beside(bench))
  expect(await copy.cache.getMany(indexes.map((index) => `key-${index}`))).toEqual(indexes.map(large))
  await bench.cache.compact()
  await bench.close()
  const blobs = readdirSync(join(bench.directory, 'blobs'), { recursive: true, withFileTypes: true })
  expect(blobs.filter((file) => file.isFile())).toEqual([])
})

test('backup() replaces a file as a whole, for this user alone, and follows a link to it', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 1)
  writeFileSync(beside(bench), 'older', { mode: 0o644 })
  symlinkSync(beside(bench), beside(bench, 'link'))
  const report = await bench.cache.backup(beside(bench, 'link'))
  expect(statSync(beside(bench)).mode & 0o777).toBe(0o600)
  expect(statSync(beside(bench)).size).toBe(report.bytes)
  expect(realpathSync(beside(bench, 'link'))).toBe(realpathSync(beside(bench)))
  expect(readdirSync(dirname(bench.directory)).sort()).toEqual(['backup', 'cache', 'link'])
})

test('backup() removes what killed backups to the same file left, and no file of anybody else', async () => {
  await using bench = await openCache()
  const now = Date.now() / 1000
  const left = ['backup.0123456789ab.unfinished', 'backup.ba9876543210.unfinished']
  const others = ['backup.1.0123456789ab.unfinished', 'backup.mine.unfinished', 'other.0123456789ab.unfinished']
  for (const name of [...left, ...others]) {
    writeFileSync(beside(bench, name), '')
    utimesSync(beside(bench, name), now, now - 120)
  }
  // Somebody may be writing it.
  utimesSync(beside(bench, left[1]), now, now)
  await bench.cache.backup(beside(bench))
  const kept = ['backup', left[1], 'cache', ...others]
  expect(new Set(readdirSync(dirname(bench.directory)))).toEqual(new Set(kept))
})

test.each([
  ['a directory', 'CACHE_BACKUP_TARGET_INVALID', (bench: CacheBench) => (mkdirSync(beside(bench)), beside(bench))],
  [
    'a pipe',
    'CACHE_BACKUP_TARGET_INVALID',
    (bench: CacheBench) => (spawnSync('mkfifo', [beside(bench)]), beside(bench)),
  ],
  ['in its own directory', 'CACHE_BACKUP_TARGET_INVALID', (bench: CacheBench) => join(bench.directory, 'backup')],
  [
    'in its own directory by a link',
    'CACHE_BACKUP_TARGET_INVALID',
    (bench: CacheBench) => (symlinkSync(bench.directory, beside(bench)), join(beside(bench), 'blobs')),
  ],
  ['in no folder', 'CACHE_BACKUP_FAILED', (bench: CacheBench) => join(beside(bench), 'no', 'folder')],
  ['below a file', 'CACHE_BACKUP_FAILED', (bench: CacheBench) => join(bench.directory, 'owner.json', 'backup')],
])('backup() refuses a target that is %s with %s', async (_, code, target) => {
  await using bench = await openCache()
  await bench.cache.set('key', 1)
  const file = target(bench)
  const before = readdirSync(dirname(bench.directory), { recursive: true })
  await expect(bench.cache.backup(file)).rejects.toMatchObject({ name: 'CacheError', code })
  expect(readdirSync(dirname(bench.directory), { recursive: true })).toEqual(before)
  expect(await bench.cache.get('key')).toBe(1)
})

test('restore() refuses every damaged or cut file with one code, and changes nothing', async () => {
  await using bench = await openCache()
  const { cache } = bench
  await cache.set('key', 'value', { tags: ['tag'] })
  await cache.namespace('n').set('large', large(1))
  await cache.backup(beside(bench))
  const good = readFileSync(beside(bench))
  await cache.set('key', 'newer')
  const random = seededRandom(17)
  let tried = 0
  const refuses = async (bytes: Buffer) => {
    writeFileSync(beside(bench), bytes)
    await expect(cache.restore(beside(bench))).rejects.toMatchObject({ code: 'CACHE_BACKUP_INVALID' })
    tried += 1
  }
  for (let place = 0; place < good.length; place += place < 200 || place > good.length - 200 ? 1 : 997) {
    await refuses(good.subarray(0, place))
    const flipped = Buffer.from(good)
    flipped[place] = (flipped[place] ?? 0) ^ (1 << random.integer(0, 7))
    await refuses(flipped)
  }
  await refuses(Buffer.concat([good, Buffer.from([0])]))
  expect(tried).toBeGreaterThan(800)
  expect([await cache.get('key'), await cache.namespace('n').get('large')]).toEqual(['newer', large(1)])
  expect(cache.stats().size).toBe(2)
  writeFileSync(beside(bench), good)
  expect(await cache.restore(beside(bench))).toMatchObject({ entries: 2 })
  expect(await cache.get('key')).toBe('value')
})

test.each([
  ['there is none', 'CACHE_BACKUP_UNREADABLE', () => {}],
  ['it is a directory', 'CACHE_BACKUP_INVALID', mkdirSync],
  ['it is a pipe', 'CACHE_BACKUP_INVALID', (file: string) => spawnSync('mkfifo', [file])],
  ['it is of another format', 'CACHE_BACKUP_INVALID', (file: string) => writeFileSync(file, 'FSACBKUP\x02\0\0\0')],
])('restore() refuses a backup when %s', async (_, code, make) => {
  await using bench = await openCache()
  await bench.cache.set('key', 1)
  make(beside(bench))
  await expect(bench.cache.restore(beside(bench))).rejects.toMatchObject({ name: 'CacheError', code })
  expect(await bench.cache.get('key')).toBe(1)
})

test('restore() keeps the most recently used entries that fit below a smaller limit', async () => {
  await using bench = await openCache()
  const keys = Array.from({ length: 40 }, (_, index) => `key-${String(index).padStart(2, '0')}`)
  for (const key of keys) await bench.cache.set(key, 'x'.repeat(1000))
  const { volume } = bench.cache.stats()
  await bench.cache.backup(beside(bench))
  await using small = await openCache({ sizeLimit: Math.floor(volume / 4) })
  expect(await small.cache.restore(beside(bench))).toMatchObject({ entries: 10, leftOut: 30, expired: 0 })
  expect(await keysOf(small.cache)).toEqual(keys.slice(30))
  expect(small.cache.stats().evictions).toBe(0)
})
