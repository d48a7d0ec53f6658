import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mountedFileSystem, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { auditDatabase } from './audit-database.js'
import { openCacheProcess } from './cache-process.js'
import { keysOf, openCache, openShared } from './open-cache.js'

const entries = Array.from({ length: 3000 }, (_, index) => [`key-${index}`, `${'x'.repeat(500)}${index}`] as const)

test.each(['verify', 'backup', 'restore'] as const)('%s() ends with the reason of an aborted signal', async (job) => {
  await using bench = await openCache()
  const folder = dirname(bench.directory)
  const file = join(folder, 'backup')
  await bench.cache.setMany(entries)
  await bench.cache.backup(file)
  if (job === 'backup') rmSync(file)
  const before = readdirSync(folder).sort()
  const reason = new Error('enough')
  const start = (options: { signal: AbortSignal }) =>
    job === 'verify' ? bench.cache.verify(options) : bench.cache[job](file, options)
  await expect(start({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  for (let turn = 0; turn < 20; turn += 1) {
    const controller = new AbortController()
    const running = start({ signal: controller.signal })
    for (let wait = 0; wait < turn; wait += 1) await new Promise(setImmediate)
    controller.abort(reason)
    await expect(running).rejects.toBe(reason)
    expect(readdirSync(folder).sort()).toEqual(before)
  }
  expect(await bench.cache.set('after', 1)).toBe(true)
  expect(await bench.cache.verify()).toMatchObject({ removedEntries: 0, ledgerEntries: 0, addedIndexKeys: 0 })
})

test('jobs that run when the cache is closed, and those asked of no store, are refused and leave no file', async () => {
  await using bench = await openCache()
  const folder = dirname(bench.directory)
  const file = join(folder, 'backup')
  await bench.cache.setMany(entries)
  const running = [bench.cache.verify(), bench.cache.backup(file), bench.cache.restore(file)]
  const closing = bench.cache.close()
  const outcomes = await Promise.allSettled(running)
  await closing
  for (const job of [bench.cache.verify(), bench.cache.backup(file), bench.cache.restore(file)])
    await expect(job).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE' })
  expect(outcomes.map((each) => (each.status === 'rejected' ? each.reason.code : 'done'))).toEqual([
    'CACHE_UNAVAILABLE',
    'CACHE_UNAVAILABLE',
    'CACHE_BACKUP_UNREADABLE',
  ])
  expect(readdirSync(folder)).toEqual(['cache'])
})

test('an owner closes although the follower that waits for a job ends at the same time', async () => {
  await using bench = await openShared()
  await bench.owner.setMany(entries)
  const running = bench.follower.verify()
  for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate)
  const closing = [bench.follower.close(), bench.owner.close()]
  await expect(running).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE' })
  await Promise.all(closing)
  await using next = await openCache({ directory: bench.directory })
  expect(next.cache.role).toBe('owner')
})

test('a full disk during a backup is told with a code, leaves no file and does not disturb the cache', async (context) => {
  using disk = mountedFileSystem('tmpfs', 8)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  await using bench = await openCache()
  await bench.cache.setMany(entries)
  await bench.cache.set('large', 'y'.repeat(2_000_000))
  const { bavail, bsize } = statfsSync(disk.path)
  writeFileSync(join(disk.path, 'filler'), Buffer.alloc(bavail * bsize - 2_000_000))
  const file = join(disk.path, 'backup')
  await expect(bench.cache.backup(file)).rejects.toMatchObject({ code: 'CACHE_BACKUP_FAILED' })
  expect(readdirSync(disk.path)).toEqual(['filler'])
  expect([bench.cache.role, bench.warnings]).toEqual(['owner', []])
  rmSync(join(disk.path, 'filler'))
  expect(await bench.cache.backup(file)).toMatchObject({ entries: 3001 })
})

test('kill -9 during a backup leaves the older backup as it was', async () => {
  using home = temporaryDirectory()
  const file = home.join('backup')
  const directory = home.join('cache')
  for (const delay of [0, 3, 10, 30]) {
    await using child = await openCacheProcess({ directory })
    await child.call('clear')
    await child.call('fill', 300, 1000)
    await child.call('backup', file)
    await child.call('set', 'newer', 1)
    child.send('backup', file)
    await new Promise((resolve) => void setTimeout(resolve, delay))
    await child.kill()
    await using copy = await openCache()
    const { entries: count } = await copy.cache.restore(file)
    expect([300, 301]).toContain(count)
    expect(await copy.cache.get<string>('key-299')).toHaveLength(1000)
    const left = readdirSync(home.path).filter((name) => !['backup', 'cache'].includes(name))
    expect(left.filter((name) => !/^backup\.[0-9a-f]{12}\.unfinished$/.test(name))).toEqual([])
  }
})

/** Whether a restore has got so far; before, there were 50 entries. */
function isAt(size: number, threshold: number): boolean {
  return size !== 50 && size >= threshold
}

test('kill -9 during a restore leaves entries of the backup and no others', async () => {
  using home = temporaryDirectory()
  const file = home.join('backup')
  // By the clock of the machine, as the process that restores it.
  await using source = await PersistentCache.open({ directory: home.join('source') })
  await source.setMany(entries, { tags: ['tag'] })
  await source.set('large', 'y'.repeat(100_000))
  await source.backup(file)
  const saved = new Map<string, unknown>([...entries, ['large', 'y'.repeat(100_000)]])
  const counts: number[] = []
  for (const threshold of [0, 1, 500, 1500, 2500]) {
    const directory = home.join(`cache-${threshold}`)
    await using child = await openCacheProcess({ directory })
    await child.call('fill', 50, 1000)
    const cache = await PersistentCache.open({ directory, memoryLimit: 0 })
    child.send('restore', file)
    await expect.poll(() => isAt(cache.stats().size, threshold), { interval: 1, timeout: 20_000 }).toBe(true)
    await child.kill()
    const keys = await keysOf(cache)
    if (keys.length !== 50) for (const key of keys) expect(await cache.get(key)).toBe(saved.get(key))
    counts.push(keys.length)
    await cache.close()
    const { stated, counted } = await auditDatabase(directory)
    expect(stated).toEqual(counted)
  }
  expect(counts.some((count) => count > 0 && count < 3000 && count !== 50)).toBe(true)
}, 60_000)
