import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { openCacheProcess } from './cache-process.js'

test('when the owner has gone, a cache that avoids to own leaves the directory to one that prefers it', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const owner = await openCacheProcess({ directory })
  // It hears first that the owner is gone.
  await using avoiding = await PersistentCache.open({ directory, ownership: 'avoid' })
  await using preferring = await PersistentCache.open({ directory })
  await owner.kill()
  expect(await avoiding.set('key', 1)).toBe(true)
  expect([avoiding.role, preferring.role]).toEqual(['follower', 'owner'])
})

test('a cache that avoids to own does own a directory that nobody else uses, at once or after a moment', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const owner = await openCacheProcess({ directory, ownership: 'avoid' })
  expect(await owner.call('role')).toBe('owner')
  await using left = await PersistentCache.open({ directory, ownership: 'avoid' })
  await owner.kill()
  expect(await left.set('key', 1)).toBe(true)
  expect(left.role).toBe('owner')
})

test('open() refuses a wish that is none', async () => {
  // @ts-expect-error -- what a caller without types may write
  await expect(PersistentCache.open({ directory: 'x', ownership: 'never' })).rejects.toThrow(TypeError)
})
