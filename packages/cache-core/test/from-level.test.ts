import { temporaryDirectory } from '@fsagent/testing'
import { ClassicLevel } from 'classic-level'
import { MemoryLevel } from 'memory-level'
import { expect, test } from 'vitest'
import { PersistentCache, type LevelInput } from '../src/index.js'
import { physicalBytes } from '../src/physical-bytes.js'
import { keysOf } from './open-cache.js'
import { openLevelCache } from './open-level-cache.js'

/** What every level implements to write a batch; abstract-level's types leave it out, for it is not for callers. */
type WriteBatch = (...batch: unknown[]) => Promise<void>

test('fromLevel() keeps to its part of the level, and close() leaves the level open', async () => {
  await using level = new MemoryLevel()
  await level.put('mine', 'stays')
  const cache = await PersistentCache.fromLevel(level)
  expect([cache.role, cache.directory]).toEqual(['owner', ''])
  await cache.set('large', 'x'.repeat(200_000))
  await cache.clear()
  await cache.set('key', 1)
  await cache.close()
  expect(level.status).toBe('open')
  expect(await level.get('mine')).toBe('stays')
  const keys = await level.keys().all()
  expect(keys.filter((key) => key !== 'mine' && !key.startsWith('!fsagent-cache!'))).toEqual([])
  await using again = await PersistentCache.fromLevel(level)
  expect(await again.get('key')).toBe(1)
})

test('fromLevel() takes a sublevel, and a level that keeps its bytes in another way', async () => {
  await using level = new MemoryLevel<string>({ storeEncoding: 'view' })
  await using first = await PersistentCache.fromLevel(level.sublevel('first'))
  await using second = await PersistentCache.fromLevel(level.sublevel('second'))
  await first.set('key', { from: 'first' })
  await second.set('key', new Uint8Array([1]))
  expect(await first.get('key')).toEqual({ from: 'first' })
  expect(await second.get('key')).toEqual(new Uint8Array([1]))
})

test('a cache in a level on disk gives room back with compact() and is there the next time', async () => {
  using home = temporaryDirectory()
  const level = new ClassicLevel(home.join('level'), { compression: false })
  const cache = await PersistentCache.fromLevel(level, { memoryLimit: 0 })
  for (let round = 0; round < 3; round += 1)
    await cache.setMany(Array.from({ length: 100 }, (_, index) => [`key-${index}`, `${round}`.repeat(20_000)]))
  await cache.deleteMany(Array.from({ length: 99 }, (_, index) => `key-${index}`))
  const before = await physicalBytes(home.join('level'))
  await cache.compact()
  expect(await physicalBytes(home.join('level'))).toBeLessThan(before / 2)
  await cache.close()
  await level.close()
  await using reopened = new ClassicLevel(home.join('level'))
  await using again = await PersistentCache.fromLevel(reopened)
  expect(await again.get('key-99')).toBe('2'.repeat(20_000))
})

test.each([
  ['that is closed', closedLevel, 'it is not open'],
  ['without getSync()', () => withSupports({ getSync: false }), 'it has no getSync()'],
  ['that keeps text', () => new MemoryLevel({ storeEncoding: 'utf8' }), 'it keeps text, and values are bytes'],
])('fromLevel() refuses a level %s with a code', async (_, make, reason) => {
  await expect(PersistentCache.fromLevel(await make())).rejects.toMatchObject({
    name: 'CacheError',
    code: 'CACHE_LEVEL_UNUSABLE',
    message: `Cannot keep cache in the given level: ${reason}`,
  })
})

test('fromLevel() refuses a level that another cache uses, until that is closed, and what is no level', async () => {
  await using level = new MemoryLevel()
  const first = await PersistentCache.fromLevel(level)
  await expect(PersistentCache.fromLevel(level)).rejects.toMatchObject({ code: 'CACHE_LEVEL_UNUSABLE' })
  await first.close()
  await using second = await PersistentCache.fromLevel(level)
  expect(second.role).toBe('owner')
  const input: unknown = new Map()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a caller without types may hand in
  await expect(PersistentCache.fromLevel(input as LevelInput)).rejects.toThrow(TypeError)
  await expect(PersistentCache.fromLevel(level, { sizeLimit: 0 })).rejects.toThrow(RangeError)
})

test('a cache whose level is closed goes on without it, and uses it again when it is open', async () => {
  const level = new MemoryLevel()
  await using bench = await openLevelCache({}, level)
  await bench.cache.set('key', 'value')
  await level.close()
  expect(await bench.cache.set('key', 'lost')).toBe(false)
  expect(await bench.cache.get('key')).toBeUndefined()
  expect(bench.cache.role).toBe('degraded')
  expect(bench.warnings).toMatchObject([{ code: 'CACHE_DEGRADED' }])
  await level.open()
  bench.clock.advance(1000)
  await expect.poll(async () => (await bench.cache.has('none'), bench.cache.role)).toBe('owner')
  expect(await bench.cache.get('key')).toBeUndefined()
  expect(await bench.cache.set('key', 'new')).toBe(true)
})

test('what a level refused has no older value after the cache was closed, whether it takes changes then or not', async () => {
  for (const isWellAgain of [true, false]) {
    const { level, disk } = newFullLevel()
    await using bench = await openLevelCache({}, level)
    await bench.cache.set('key', 'older')
    await bench.cache.set('other', 'kept')
    await level.put('mine', 'stays')
    disk.isFull = true
    expect([await bench.cache.set('key', 'newer'), bench.cache.role]).toEqual([false, 'degraded'])
    disk.isFull = !isWellAgain
    await bench.cache.close()
    disk.isFull = false
    await bench.reopen()
    expect(await bench.cache.get('key')).toBeUndefined()
    expect(await bench.cache.get('other')).toBe(isWellAgain ? 'kept' : undefined)
    expect(await level.get('mine')).toBe('stays')
  }
})

test('a level that fails without a code ends a list of keys and makes nothing reject', async () => {
  const level = new MemoryLevel()
  await using bench = await openLevelCache({}, level)
  await bench.cache.set('key', 'value')
  const fail = () => {
    throw new Error('out of order')
  }
  Object.assign(level, { _iterator: fail, _getSync: fail })
  expect(await keysOf(bench.cache)).toEqual([])
  expect([await bench.cache.get('other'), await bench.cache.set('key', 1)]).toEqual([undefined, false])
  expect(bench.warnings).toMatchObject([{ code: 'CACHE_DEGRADED' }])
})

test('a damaged ledger in a level is told, and an empty cache begun', async () => {
  const level = new MemoryLevel()
  await using bench = await openLevelCache({}, level)
  await bench.cache.set('key', 'value')
  await bench.cache.close()
  await level.put('!fsagent-cache!!s!ledger', 'not a ledger')
  await level.put('mine', 'stays')
  await bench.reopen()
  expect(bench.warnings).toMatchObject([{ code: 'CACHE_DATABASE_SET_ASIDE' }])
  expect([await bench.cache.get('key'), bench.cache.stats().size]).toEqual([undefined, 0])
  expect(await bench.cache.set('key', 'new')).toBe(true)
  expect(await level.get('mine')).toBe('stays')
})

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types leave this method out; abstract-level asks each level to implement it
const writeBatch = Reflect.get(MemoryLevel.prototype, '_batch') as WriteBatch

/** A level that takes no batches while it is full; what it holds can still be cleared. */
function newFullLevel() {
  const level = new MemoryLevel()
  const disk = { isFull: false }
  const write: WriteBatch = async (...batch) => {
    if (disk.isFull) throw Object.assign(new Error('no room'), { code: 'LEVEL_IO_ERROR' })
    await writeBatch.apply(level, batch)
  }
  Object.assign(level, { _batch: write })
  return { level, disk }
}

async function closedLevel(): Promise<MemoryLevel> {
  const level = new MemoryLevel()
  await level.close()
  return level
}

function withSupports(supports: object): MemoryLevel {
  const level = new MemoryLevel()
  Object.assign(level.supports, supports)
  return level
}
