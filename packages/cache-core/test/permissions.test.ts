import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { openCacheProcess } from './cache-process.js'
import { openCache } from './open-cache.js'

const isRoot = process.getuid?.() === 0
const otherUser = 65_534

test('the directory and everything in it are for this user alone', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 'x'.repeat(100_000))
  bench.clock.advance(20_000)
  await bench.cache.compact()
  const modes = readdirSync(bench.directory, { recursive: true, encoding: 'utf8' }).map((name) => {
    const stats = statSync(join(bench.directory, name))
    return stats.isDirectory() ? stats.mode & 0o777 : (stats.mode & 0o777) | 0o100
  })
  expect(new Set([statSync(bench.directory).mode & 0o777, ...modes])).toEqual(new Set([0o700]))
  expect(bench.warnings).toEqual([])
})

test('a directory that is open to others is tightened with one warning', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 1)
  await bench.cache.close()
  chmodSync(bench.directory, 0o755)
  await bench.reopen()
  expect(statSync(bench.directory).mode & 0o777).toBe(0o700)
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DIRECTORY_TIGHTENED'])
  expect(await bench.cache.get('key')).toBe(1)
})

test('open() refuses a directory that others use too, and leaves its rights alone', async () => {
  using parent = temporaryDirectory()
  const directory = parent.join('shared')
  mkdirSync(directory)
  writeFileSync(join(directory, 'letter.txt'), 'of another program')
  chmodSync(directory, 0o755)
  await expect(PersistentCache.open({ directory })).rejects.toMatchObject({ code: 'CACHE_DIRECTORY_OCCUPIED' })
  rmSync(join(directory, 'letter.txt'))
  chmodSync(directory, 0o1777)
  await expect(PersistentCache.open({ directory })).rejects.toMatchObject({ code: 'CACHE_DIRECTORY_OCCUPIED' })
  expect(statSync(directory).mode & 0o7777).toBe(0o1777)
})

test.skipIf(!isRoot)('open() refuses a directory of another user (needs root to make one)', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  mkdirSync(directory)
  chownSync(directory, otherUser, otherUser)
  await expect(PersistentCache.open({ directory })).rejects.toMatchObject({ code: 'CACHE_DIRECTORY_FOREIGN' })
  expect(readdirSync(directory)).toEqual([])
})

test.skipIf(!isRoot)(
  'a directory that cannot be made degrades the cache (needs root to run as another user)',
  async () => {
    using home = temporaryDirectory()
    chmodSync(home.path, 0o755)
    await using child = await openCacheProcess({ directory: home.join('cache') }, { uid: otherUser, gid: otherUser })
    expect(await child.call('role')).toBe('degraded')
    expect(await child.call('set', 'key', 1)).toBe(false)
    expect(await child.call('get', 'key')).toBeNull()
    expect(await child.call('warnings')).toMatchObject([{ code: 'CACHE_DEGRADED' }])
    chmodSync(home.path, 0o777)
    const attempt = async () => ({ stored: await child.call('set', 'key', 1), warnings: await child.call('warnings') })
    await expect.poll(attempt, { timeout: 20_000, interval: 200 }).toMatchObject({ stored: true })
  },
)

test('a path that is a file degrades the cache, with one warning, until it is none any more', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  writeFileSync(directory, 'no directory')
  await using bench = await openCache({ directory })
  for (let second = 0; second < 10; second += 1) {
    expect([await bench.cache.set('key', second), await bench.cache.get('key')]).toEqual([false, undefined])
    bench.clock.advance(10_000)
  }
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
  rmSync(directory)
  bench.clock.advance(30_000)
  expect(await bench.cache.set('key', 'stored')).toBe(true)
  expect(bench.cache.role).toBe('owner')
})

test.each(['removed', 'replaced'])('a directory that is %s under the open cache is begun anew', async (what) => {
  await using bench = await openCache()
  await bench.cache.set('key', 1)
  rmSync(bench.directory, { recursive: true })
  if (what === 'replaced') mkdirSync(bench.directory)
  bench.clock.advance(1000)
  bench.cache.getSync('key')
  await expect.poll(() => bench.cache.set('other', 2).then(() => readdirSync(bench.directory))).toContain('db-v1')
  expect(await bench.cache.get('other')).toBe(2)
  expect(await bench.cache.get('key')).toBeUndefined()
  expect(bench.warnings.map(({ code }) => code)).toContain('CACHE_DIRECTORY_REPLACED')
})
