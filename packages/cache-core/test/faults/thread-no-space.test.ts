import { join } from 'node:path'
import { mountedFileSystem } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from '../cache-process.js'
import { fillDisk } from './fill-disk.js'

const soon = { timeout: 20_000, interval: 10 }

test('a disk that is full under a thread that serves degrades its owner, and a thread serves again once there is room', async (context) => {
  using disk = mountedFileSystem('tmpfs', 24)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  const directory = join(disk.path, 'cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory, memoryLimit: 0 })
  await owner.call('setMany', [
    ['kept', 'kept'],
    ['key', 'older'],
  ])
  await expect.poll(() => owner.call('serving'), soon).toBe('thread')
  await expect.poll(() => follower.call('get', 'key'), soon).toBe('older')
  const emptyAgain = fillDisk(disk.path, 0)
  // Small enough for the log, which the thread writes.
  expect(await owner.call('set', 'key', 'newer'.repeat(10_000))).toBe(false)
  expect([await owner.call('role'), await owner.call('get', 'key')]).toEqual(['degraded', null])
  expect(await owner.call('warnings')).toMatchObject([{ code: 'CACHE_DEGRADED' }])
  expect([null, 'kept']).toContain(await follower.call('get', 'kept'))

  emptyAgain()
  await expect.poll(() => owner.call('set', 'other', 1), soon).toBe(true)
  await expect.poll(() => follower.call('get', 'other'), soon).toBe(1)
  expect([await owner.call('get', 'kept'), await owner.call('get', 'key')]).toEqual(['kept', null])
  expect([await follower.call('get', 'kept'), await follower.call('get', 'key')]).toEqual(['kept', null])
  const serving = async () => [await owner.call('serving'), await follower.call('serving')]
  await expect.poll(serving, soon).toContain('thread')
})
