import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { FakeClock, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { clearCache } from '../src/index.js'
import { managerFixture } from './support/manager-fixture.js'

test('clearCache() empties the cache of a data root that is gone, and leaves conversations', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one', 'b.md': 'two' })
  for (const path of ['a.md', 'b.md']) await fixture.manager.contentCache.getContent(path)
  await fixture.manager.persistentCache?.namespace('session').set('talk', ['hello'])
  await fixture.manager.close()
  const paths = { dataRoot: fixture.at('nowhere'), cacheDirectory: fixture.outside('cache'), clock: new FakeClock() }
  const cleared = await clearCache(paths)
  expect(cleared.removed).toBe(2)
  expect(cleared.bytes).toBeGreaterThan(0)
  expect(await clearCache(paths)).toEqual({ removed: 0, bytes: 0 })
  const manager = await fixture.reopen()
  expect(await manager.persistentCache?.namespace('session').get('talk')).toEqual(['hello'])
})

test('clearCache() makes no cache where there is none', async () => {
  using directory = temporaryDirectory()
  const paths = { dataRoot: directory.path, cacheDirectory: directory.join('cache') }
  expect(await clearCache(paths)).toEqual({ removed: 0, bytes: 0 })
  expect(existsSync(paths.cacheDirectory)).toBe(false)
})

test('clearCache() does not take the data root for a cache, also through a link', async () => {
  using directory = temporaryDirectory()
  symlinkSync(directory.path, directory.join('self'))
  for (const cacheDirectory of [directory.path, directory.join('self')]) {
    const clearing = clearCache({ dataRoot: directory.path, cacheDirectory })
    await expect(clearing).rejects.toMatchObject({ name: 'CacheManagerError', code: 'CACHE_DIRECTORY_IS_ROOT' })
  }
})

test('clearCache() says so when the store cannot be used', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  await fixture.manager.close()
  rmSync(fixture.outside('cache'), { recursive: true })
  writeFileSync(fixture.outside('cache'), 'no directory')
  const clearing = clearCache({ dataRoot: fixture.at(''), cacheDirectory: fixture.outside('cache') })
  await expect(clearing).rejects.toMatchObject({ code: 'CACHE_NOT_WRITABLE' })
})
