import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { auditDatabase } from './audit-database.js'
import { openCacheProcess, type CacheProcess } from './cache-process.js'

/** How the owner goes. */
const ways: readonly [string, (owner: CacheProcess) => Promise<unknown>][] = [
  ['is killed', (owner) => owner.kill()],
  ['closes the cache', (owner) => owner.call('close')],
  ['ends without closing', (owner) => owner.leave()],
]

test.each(ways)('when an owner under load %s, no call rejects and no acknowledged set is lost', async (_, end) => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using first = await openCacheProcess({ directory })
  await using second = await openCacheProcess({ directory })
  await using third = await openCacheProcess({ directory })
  const followers = [
    { process: second, prefix: 'second' },
    { process: third, prefix: 'third' },
  ]
  await first.call('set', 'before', 'kept')
  for (const { process, prefix } of followers) await process.call('startLoad', prefix, 200)
  for (const { process } of followers)
    await expect.poll(() => process.call('progress'), { timeout: 20_000, interval: 20 }).toBeGreaterThan(50)
  await end(first)
  for (const { process } of followers) {
    const before = Number(await process.call('progress'))
    await expect.poll(() => process.call('progress'), { timeout: 20_000, interval: 20 }).toBeGreaterThan(before + 50)
  }
  for (const { process, prefix } of followers)
    expect(await process.call('stopLoad', prefix)).toMatchObject({ wrong: 0, rejected: 0, lost: [] })
  expect([await second.call('get', 'before'), await third.call('get', 'before')]).toEqual(['kept', 'kept'])
  expect(new Set([await second.call('role'), await third.call('role')])).toEqual(new Set(['owner', 'follower']))
  expect([await second.call('warnings'), await third.call('warnings')]).toEqual([[], []])
  await second.call('close')
  await third.call('close')
  const { stated, counted } = await auditDatabase(directory)
  expect(stated).toEqual(counted)
})

test('a get that was under way when the owner was killed is answered by the next owner', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory, memoryLimit: 0 })
  await owner.call('set', 'key', 'kept')
  expect(await follower.call('get', 'key')).toBe('kept')
  await owner.kill()
  await expect.poll(() => follower.call('get', 'key'), { timeout: 10_000, interval: 20 }).toBe('kept')
  expect(await follower.call('role')).toBe('owner')
})
