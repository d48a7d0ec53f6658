import { chmodSync, chownSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from '../cache-process.js'

const soon = { timeout: 20_000, interval: 50 }

/** Root may write anywhere: then another user does. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

test('an owner that cannot open its socket shares the cache once it can', async () => {
  using home = temporaryDirectory()
  chmodSync(home.path, 0o711)
  const directory = home.join('cache')
  const settings = { directory }
  {
    if (user.uid !== undefined) chownSync(home.path, user.uid, user.gid)
    await using first = await openCacheProcess(settings, user)
    await first.call('close')
  }
  // What the database needs lies in folders of its own.
  chmodSync(directory, 0o500)
  await using owner = await openCacheProcess(settings, user)
  expect([await owner.call('role'), await owner.call('set', 'key', 'kept')]).toEqual(['owner', true])
  expect(await owner.call('warnings')).toMatchObject([{ code: 'CACHE_UNSHARED' }])
  await using other = await openCacheProcess(settings, user)
  expect([await other.call('role'), await other.call('get', 'key')]).toEqual(['degraded', null])
  expect(await other.call('warnings')).toMatchObject([{ code: 'CACHE_LOCKED' }])

  chmodSync(directory, 0o700)
  await expect.poll(() => other.call('get', 'key'), soon).toBe('kept')
  expect([await other.call('role'), await other.call('set', 'key', 'newer')]).toEqual(['follower', true])
  expect(await owner.call('get', 'key')).toBe('newer')
})
