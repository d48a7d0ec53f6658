import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { openCacheProcess } from './cache-process.js'

test('twelve processes that open at once are one owner and followers, and all of them see every entry', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const processes = await Promise.all(Array.from({ length: 12 }, () => openCacheProcess({ directory })))
  await using all = {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(processes.map((each) => each.kill()))
    },
  }
  void all
  // A machine so busy that somebody is not answered within half a second gets there a little later.
  const roles = async () => {
    const all = await Promise.all(processes.map(async (each) => [await each.call('get', ''), await each.call('role')]))
    return all.map(([, role]) => String(role)).sort()
  }
  const expected = [...Array.from({ length: 11 }, () => 'follower'), 'owner']
  await expect.poll(roles, { timeout: 20_000, interval: 50 }).toEqual(expected)
  const sets = await Promise.all(processes.map((each, index) => each.call('set', `key-${index}`, index)))
  expect(new Set(sets)).toEqual(new Set([true]))
  const keys = processes.map((_, index) => `key-${index}`)
  for (const each of processes) expect(await each.call('getMany', keys)).toEqual(keys.map((_, index) => index))
})

test('twenty caches that open at once in one process are all served', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const caches = await Promise.all(Array.from({ length: 20 }, () => PersistentCache.open({ directory })))
  const roles = caches.map((cache) => cache.role)
  expect([roles.filter((role) => role === 'owner').length, roles.filter((role) => role === 'follower').length]).toEqual(
    [1, 19],
  )
  await Promise.all(caches.map((cache, index) => cache.set(`key-${index}`, index)))
  for (const cache of caches) expect(cache.stats().size).toBe(20)
  for (const [index, cache] of caches.entries()) {
    expect(await cache.get(`key-${(index + 7) % 20}`)).toBe((index + 7) % 20)
    // Owners close too: the rest find a new one each time.
    await cache.close()
  }
})

test('a process that opens and closes in a loop takes nothing away from the others', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using other = await openCacheProcess({ directory })
  await other.call('startLoad', 'other', 100)
  for (let round = 0; round < 40; round += 1) {
    const cache = await PersistentCache.open({ directory })
    expect(cache.role).toBe('follower')
    expect(await cache.set(`round-${round}`, round)).toBe(true)
    if (round > 0) expect(await cache.get(`round-${round - 1}`)).toBe(round - 1)
    await cache.close()
  }
  expect(await other.call('stopLoad', 'other')).toMatchObject({ refused: 0, wrong: 0, rejected: 0, lost: [] })
})
