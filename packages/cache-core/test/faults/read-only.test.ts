import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mountedFileSystem, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from '../cache-process.js'
import { openCache } from '../open-cache.js'
import { becomesWell } from './becomes-well.js'

const isRoot = process.getuid?.() === 0
const otherUser = 65_534

function remount(path: string, option: string): string {
  return spawnSync('mount', ['-o', `remount,${option}`, path], { encoding: 'utf8' }).stderr
}

test('a cache on a read-only file system goes without, and has its entries once it is writable', async (context) => {
  using disk = mountedFileSystem('tmpfs', 24)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  await using bench = await openCache({ directory: join(disk.path, 'cache') })
  await bench.cache.set('key', 'kept')
  await bench.cache.close()
  expect(remount(disk.path, 'ro')).toBe('')
  await bench.reopen()
  const events: string[] = []
  bench.cache.on('recovered', ({ role }) => events.push(role))
  expect([bench.cache.role, await bench.cache.set('other', 1)]).toEqual(['degraded', false])
  expect([undefined, 'kept']).toContain(await bench.cache.get('key'))
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
  expect(remount(disk.path, 'rw')).toBe('')
  expect(await becomesWell(bench)).toBe(true)
  expect([await bench.cache.get('key'), bench.cache.role, events]).toEqual(['kept', 'owner', ['owner']])
})

test('a file system that becomes read-only under an open cache degrades it, and no answer is wrong', async (context) => {
  using disk = mountedFileSystem('ext4-256', 32)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  await using bench = await openCache({ directory: join(disk.path, 'cache'), memoryLimit: 0 })
  await bench.cache.setMany([
    ['kept', 'kept'],
    ['overwritten', 'older'],
    ['deleted', 'older'],
    ['large', 'x'.repeat(100_000)],
  ])
  // What the kernel does itself when it finds the journal of the file system broken.
  if (remount(disk.path, 'abort') !== '') return context.skip('this kernel cannot abort a file system')
  const changes = [
    await bench.cache.set('overwritten', 'newer'),
    await bench.cache.set('large', 'y'.repeat(100_000)),
    await bench.cache.delete('deleted'),
  ]
  expect(changes).toEqual([false, false, false])
  expect(bench.cache.stats().role).toBe('degraded')
  for (const key of ['overwritten', 'deleted', 'large']) expect(await bench.cache.get(key)).toBeUndefined()
  expect([undefined, 'kept']).toContain(await bench.cache.get('kept'))
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
})

test.skipIf(!isRoot)(
  'a directory without the right to write degrades the cache until it is there (needs root to run as another user)',
  async () => {
    using home = temporaryDirectory()
    chmodSync(home.path, 0o711)
    const directory = home.join('cache')
    mkdirSync(directory)
    chownSync(directory, otherUser, otherUser)
    for (const mode of [0o500, 0o000]) {
      chmodSync(directory, mode)
      await using child = await openCacheProcess({ directory }, { uid: otherUser, gid: otherUser })
      expect([await child.call('role'), await child.call('set', 'key', 1)]).toEqual(['degraded', false])
      expect(await child.call('get', 'key')).toBeNull()
      expect(await child.call('warnings')).toMatchObject([{ code: 'CACHE_DEGRADED' }])
      chmodSync(directory, 0o700)
      await expect.poll(() => child.call('set', 'key', mode), { timeout: 30_000, interval: 100 }).toBe(true)
      expect([await child.call('role'), await child.call('get', 'key')]).toEqual(['owner', mode])
    }
  },
)
