import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { BlobStore } from '../src/blob-store.js'
import { ChangeSender } from '../src/sharing/change-sender.js'
import { RemoteJobs } from '../src/sharing/remote-jobs.js'
import { openCacheProcess } from './cache-process.js'
import { keysOf, openShared } from './open-cache.js'
import { silentOwner } from './silent-owner.js'

const often = { interval: 5, timeout: 10_000 }

test('a follower verifies, backs up and restores as the owner does, and keeps nothing older in memory', async () => {
  await using bench = await openShared()
  const { owner, follower, directory } = bench
  const file = join(dirname(directory), 'backup')
  await owner.set('key', 'saved', { tags: ['tag'] })
  await follower.namespace('n').set('large', 'x'.repeat(100_000))
  expect(await follower.backup(file)).toMatchObject({ entries: 2, skipped: 0, bytes: statSync(file).size })
  await owner.set('key', 'newer')
  await owner.set('other', 1)
  expect([await follower.get('key'), await follower.get('other')]).toEqual(['newer', 1])
  expect(follower.getSync('key')).toBe('newer')
  expect(await follower.restore(file)).toMatchObject({ entries: 2, expired: 0, leftOut: 0 })
  expect([follower.getSync('other'), follower.getSync('key')]).toEqual([undefined, undefined])
  expect([await follower.get('key'), await keysOf(owner)]).toEqual(['saved', ['key']])
  expect(await follower.namespace('n').get('large')).toHaveLength(100_000)
  expect(await follower.verify()).toMatchObject({ checkedEntries: 2, removedEntries: 0 })
})

test('a follower is told why a job was refused, and its signal ends the job', async () => {
  await using bench = await openShared()
  const { owner, follower, directory } = bench
  const folder = dirname(directory)
  await expect(follower.backup(folder)).rejects.toMatchObject({ code: 'CACHE_BACKUP_TARGET_INVALID' })
  await expect(follower.restore(join(folder, 'none'))).rejects.toMatchObject({ code: 'CACHE_BACKUP_UNREADABLE' })
  await owner.setMany(Array.from({ length: 5000 }, (_, index) => [`key-${index}`, 'x'.repeat(500)]))
  const reason = new Error('enough')
  const controller = new AbortController()
  const running = follower.backup(join(folder, 'backup'), { signal: controller.signal })
  await expect.poll(() => readdirSync(folder).length, often).toBe(2)
  controller.abort(reason)
  await expect(running).rejects.toBe(reason)
  expect(readdirSync(folder)).toEqual(['cache'])
  expect(follower.role).toBe('follower')
})

test('a job ends when the owner is closed during it, and the follower goes on with the next owner', async () => {
  await using bench = await openShared()
  const { owner, follower, directory } = bench
  const file = join(dirname(directory), 'backup')
  await owner.setMany(Array.from({ length: 5000 }, (_, index) => [`key-${index}`, 'x'.repeat(500)]))
  const running = Promise.allSettled([follower.backup(file), follower.verify()])
  await expect.poll(() => readdirSync(dirname(directory)).length, often).toBe(2)
  const closing = owner.close()
  const refused = { status: 'rejected', reason: { code: 'CACHE_UNAVAILABLE' } }
  expect(await running).toMatchObject([refused, refused])
  await closing
  expect(readdirSync(dirname(directory))).toEqual(['cache'])
  expect(await follower.backup(file)).toMatchObject({ entries: 5000 })
})

test('a relative path is one below the working directory of the follower', async () => {
  using home = temporaryDirectory()
  mkdirSync(home.join('elsewhere'))
  await using owner = await openCacheProcess({ directory: home.join('cache') })
  await using follower = await openCacheProcess({ directory: home.join('cache') }, { cwd: home.join('elsewhere') })
  await owner.call('set', 'key', 1)
  expect(await follower.call('attempt', 'backup', 'backup')).toMatchObject({ result: { entries: 1 } })
  expect(readdirSync(home.join('elsewhere'))).toEqual(['backup'])
})

test('the backup of a follower that is killed ends, and that of a killed owner is refused', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const file = home.join('backup')
  const unfinished = () => readdirSync(home.path).filter((name) => name.endsWith('.unfinished')).length
  await using owner = await openCacheProcess({ directory })
  await owner.call('fill', 8000, 500)
  await using killed = await openCacheProcess({ directory })
  killed.send('backup', file)
  await expect.poll(unfinished, often).toBe(1)
  await killed.kill()
  await expect.poll(unfinished, often).toBe(0)
  expect(readdirSync(home.path)).toEqual(['cache'])
  await using survivor = await openCacheProcess({ directory })
  survivor.send('attempt', 'backup', file)
  await expect.poll(unfinished, often).toBe(1)
  await owner.kill()
  expect(await survivor.next()).toMatchObject({ code: 'CACHE_UNAVAILABLE' })
  // A miss until it owns the cache, which takes its time on a busy machine.
  await expect.poll(() => survivor.call('get', 'key-1'), often).toBe('x'.repeat(500))
  expect(await survivor.call('attempt', 'backup', file)).toMatchObject({ result: { entries: 8000 } })
})

test('an owner of an older version is not asked for jobs', async () => {
  await using owner = await silentOwner(1)
  const { link, directory } = owner
  const sender = new ChangeSender(link, new BlobStore(directory, () => true), () => {})
  const jobs = new RemoteJobs(directory, link, sender)
  for (const type of ['verify', 'backup', 'restore'] as const)
    await expect(jobs.perform({ type, file: '' })).rejects.toMatchObject({ code: 'CACHE_PROTOCOL_UNSUPPORTED' })
})
