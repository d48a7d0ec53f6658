import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { isLogIntact } from '../src/check-logs.js'
import { PersistentCache } from '../src/index.js'
import { openLevelDatabase } from '../src/level-database.js'
import { openCache, type CacheBench } from './open-cache.js'

const entries = (value: string) => Array.from({ length: 100 }, (_, index) => [`key-${index}`, value] as const)

/** A closed cache of which every entry was overwritten or deleted once; the log has all of that. */
async function changedBench(): Promise<CacheBench> {
  const bench = await openCache({ memoryLimit: 0 })
  for (const entry of entries('older '.repeat(200))) await bench.cache.set(...entry)
  await bench.reopen()
  for (const [key] of entries('')) await (key.endsWith('0') ? bench.cache.delete(key) : bench.cache.set(key, 'newer'))
  await bench.cache.close()
  return bench
}

function changeLogs({ directory }: CacheBench, change: (path: string) => void): void {
  const folder = join(directory, 'db-v1')
  for (const name of readdirSync(folder)) if (name.endsWith('.log')) change(join(folder, name))
}

test.each([
  ['missing', (path: string) => rmSync(path)],
  ['empty', (path: string) => truncateSync(path)],
  ['without its second half', (path: string) => truncateSync(path, Math.floor(readFileSync(path).length / 2))],
  ['without its last byte', (path: string) => truncateSync(path, readFileSync(path).length - 1)],
  ['zero in the middle', (path: string) => writeFileSync(path, readFileSync(path).fill(0, 10_000, 14_096))],
  ['changed in the middle', (path: string) => writeFileSync(path, readFileSync(path).fill(7, 10_000, 10_001))],
])('when the log of the last writes is %s, nothing that they replaced comes back', async (_, change) => {
  await using bench = await changedBench()
  changeLogs(bench, change)
  await bench.reopen()
  for (const [key] of entries('')) expect([undefined, 'newer']).toContain(await bench.cache.get(key))
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DATABASE_SET_ASIDE'])
  expect(await bench.cache.set('key-1', 'after')).toBe(true)
  await bench.reopen()
  expect(await bench.cache.get('key-1')).toBe('after')
  expect(bench.warnings).toHaveLength(1)
})

test.each(['removed', 'changed'])('a witness of the last writes that was %s vouches for nothing', async (what) => {
  await using bench = await changedBench()
  const path = join(bench.directory, 'written')
  if (what === 'removed') rmSync(path)
  else writeFileSync(path, readFileSync(path).fill(1, 2, 3))
  await bench.reopen()
  expect(bench.cache.stats().size).toBe(0)
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DATABASE_SET_ASIDE'])
})

test('nothing is asked of what was written before the machine was started anew', async () => {
  await using bench = await changedBench()
  const path = join(bench.directory, 'written')
  const { crc32 } = await import('node:zlib')
  const witness = readFileSync(path)
  witness.writeUInt32LE(1, 8)
  witness.writeUInt32LE(crc32(witness.subarray(0, 12)), 12)
  writeFileSync(path, witness)
  changeLogs(bench, (log) => truncateSync(log, readFileSync(log).length - 1))
  await bench.reopen()
  expect(bench.warnings).toEqual([])
  expect(await bench.cache.get('key-1')).toBe('newer')
})

test('isLogIntact() accepts each beginning of what LevelDB wrote and refuses each changed byte', async () => {
  using directory = temporaryDirectory()
  const database = await openLevelDatabase(directory.path)
  for (let index = 0; index < 60; index += 1) await database.put(`key-${index}`, Buffer.alloc(index * 100, index))
  await database.close()
  const name = readdirSync(directory.path).find((each) => each.endsWith('.log')) ?? ''
  const log = readFileSync(directory.join(name))
  expect(log.length).toBeGreaterThan(100_000)
  for (let length = 0; length <= log.length; length += 97) expect(isLogIntact(log.subarray(0, length))).toBe(true)
  for (let offset = 0; offset < log.length - 6000; offset += 331) {
    const changed = Buffer.from(log)
    changed[offset] = (changed[offset] ?? 0) ^ 4
    // Between blocks there may be some bytes that mean nothing.
    if (offset % 32_768 < 32_768 - 6) expect(isLogIntact(changed), `offset ${offset}`).toBe(false)
  }
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['not complete', Buffer.alloc(50_000, 7)],
])('a table that LevelDB was still writing when its process was killed, and is %s, costs nothing', async (_, table) => {
  await using bench = await changedBench()
  writeFileSync(join(bench.directory, 'db-v1', '000999.ldb'), table)
  await bench.reopen()
  expect(bench.warnings).toEqual([])
  expect(await bench.cache.get('key-1')).toBe('newer')
})

test('a cache that is killed again and again sets nothing aside', async () => {
  using home = temporaryDirectory()
  const { openCacheProcess } = await import('./cache-process.js')
  for (let round = 0; round < 4; round += 1) {
    await using child = await openCacheProcess({ directory: home.join('cache') })
    child.send('stream', 300)
    for (let count = 0; count < 30; count += 1) await child.next()
  }
  const warnings: string[] = []
  const cache = await PersistentCache.open({
    directory: home.join('cache'),
    onWarning: ({ code }) => void warnings.push(code),
  })
  expect([await cache.get('b-0'), warnings]).toEqual([`${'x'.repeat(300)}0`, []])
  await cache.close()
})
