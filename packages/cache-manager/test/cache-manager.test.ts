import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { CacheManager } from '../src/index.js'
import { managerFixture } from './support/manager-fixture.js'

test('open() combines the tiers, which share one store', async () => {
  await using fixture = await managerFixture({ 'a.md': 'TODO one\n' })
  const { manager } = fixture
  await manager.contentCache.getContent('a.md')
  const found = await manager.searchCache.grep({ operation: 'grep', pattern: 'TODO', scope: '' })
  expect(found.totalMatches).toBe(1)
  expect((await manager.fileStateTracker.getState('a.md')).contentHash).toHaveLength(64)
  expect(manager.persistentCache?.namespace('content').stats().size).toBe(1)
  expect(manager.persistentCache?.namespace('state').stats().size).toBe(1)
})

test('what was stored answers after a restart', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  await fixture.manager.contentCache.getContent('a.md')
  const manager = await fixture.reopen()
  const { cache, content } = await manager.contentCache.getContent('a.md')
  expect([cache.outcome, cache.tier, content.text()]).toEqual(['hit', 'disk', 'one'])
})

test('a manager that is not enabled opens and makes nothing, and every answer is a bypass', async () => {
  await using fixture = await managerFixture({ 'a.md': 'TODO' }, { enabled: false })
  const { manager } = fixture
  expect(manager.persistentCache).toBeUndefined()
  expect((await manager.contentCache.getContent('a.md')).cache.outcome).toBe('bypass')
  const found = await manager.searchCache.grep({ operation: 'grep', pattern: 'TODO', scope: '' })
  expect([found.cache.outcome, found.totalMatches]).toEqual(['bypass', 1])
  expect(await manager.clearAll()).toBe(0)
  expect(await manager.invalidateDirectory('')).toBe(0)
  expect(existsSync(fixture.outside('cache'))).toBe(false)
})

test.each([true, false])('no search finds a cache that lies in the data root (enabled: %s)', async (enabled) => {
  using directory = temporaryDirectory()
  writeFileSync(directory.join('a.md'), 'TODO\n')
  const paths = { dataRoot: directory.path, cacheDirectory: directory.join('tmp/cache') }
  const first = await CacheManager.open(paths)
  await first.contentCache.getContent('a.md')
  await first.close()
  await using manager = await CacheManager.open({ ...paths, enabled })
  const options = { includeIgnored: true }
  const found = await manager.searchCache.find({ operation: 'find', pattern: '*', scope: '', options })
  expect(found.entries.map(({ path }) => path)).toEqual(['a.md', 'tmp'])
})

test('a cache directory that is the data root is refused, also through a link', async () => {
  using directory = temporaryDirectory()
  symlinkSync(directory.path, directory.join('self'))
  for (const cacheDirectory of [directory.path, directory.join('self')]) {
    const opening = CacheManager.open({ dataRoot: directory.path, cacheDirectory })
    await expect(opening).rejects.toMatchObject({ name: 'CacheManagerError', code: 'CACHE_DIRECTORY_IS_ROOT' })
  }
})

test('open() of a missing root makes no cache directory', async () => {
  using directory = temporaryDirectory()
  const cacheDirectory = directory.join('cache')
  const opening = CacheManager.open({ dataRoot: directory.join('missing'), cacheDirectory })
  await expect(opening).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  expect(existsSync(cacheDirectory)).toBe(false)
})

test('open() that fails half-way leaves the store free for the next one', async () => {
  using directory = temporaryDirectory()
  const paths = { dataRoot: directory.path, cacheDirectory: directory.join('cache') }
  for (const wrong of [{ contentTtlSeconds: -1 }, { searchTimeoutSeconds: 0 }]) {
    await expect(CacheManager.open({ ...paths, ...wrong })).rejects.toThrow(RangeError)
  }
  await using manager = await CacheManager.open(paths)
  expect(manager.persistentCache?.role).toBe('owner')
})

test('close() is harmless when it is called again, and frees the store', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  const { manager } = fixture
  await Promise.all([manager.close(), manager.close()])
  await manager.close()
  await expect(manager.contentCache.getContent('a.md')).rejects.toMatchObject({ code: 'ROOT_CLOSED' })
  expect((await fixture.reopen()).persistentCache?.role).toBe('owner')
})

test('invalidateFile() and invalidateDirectory() count contents and searches', async () => {
  await using fixture = await managerFixture({ 'a/one.md': 'TODO', 'a/two.md': 'TODO', 'ab/three.md': 'TODO' })
  const { contentCache, searchCache } = fixture.manager
  for (const path of ['a/one.md', 'a/two.md', 'ab/three.md']) await contentCache.getContent(path)
  expect(await fixture.manager.invalidateFile('a/one.md')).toBe(1)
  expect(['a/one.md', 'a/two.md'].map((path) => contentCache.isFresh(path))).toEqual([false, true])
  await searchCache.grep({ operation: 'grep', pattern: 'TODO', scope: 'a' })
  expect(await fixture.manager.invalidateDirectory('data/a')).toBeGreaterThan(1)
  expect([contentCache.isFresh('a/two.md'), contentCache.isFresh('ab/three.md')]).toEqual([false, true])
})

test('clearAll() empties the cache, answers how much there was, and leaves conversations', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one', 'b.md': 'two' })
  const { manager } = fixture
  for (const path of ['a.md', 'b.md']) await manager.contentCache.getContent(path)
  await manager.persistentCache?.namespace('session').set('talk', ['hello'])
  expect(await manager.clearAll()).toBe(2)
  expect(await manager.clearAll()).toBe(0)
  expect(manager.contentCache.isFresh('a.md')).toBe(false)
  expect(await manager.persistentCache?.namespace('session').get('talk')).toEqual(['hello'])
})

test('a store that cannot be used is warned about once, and answers stay right', async () => {
  const warnings: string[] = []
  using directory = temporaryDirectory()
  writeFileSync(directory.join('file'), 'no directory')
  await using fixture = await managerFixture(
    { 'a.md': 'one' },
    { cacheDirectory: directory.join('file/cache'), onWarning: ({ code }) => warnings.push(code) },
  )
  for (const text of ['two', 'three']) {
    writeFileSync(fixture.at('a.md'), text)
    expect((await fixture.manager.contentCache.getContent('a.md')).content.text()).toBe(text)
  }
  expect(warnings).toEqual(['CACHE_DEGRADED'])
  expect(fixture.manager.stats()).toMatchObject({ enabled: true, role: 'degraded', disk_cache: { size: 0 } })
})

test('the cache is used again after its directory was deleted under it', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  const { manager } = fixture
  await manager.contentCache.getContent('a.md')
  rmSync(fixture.outside('cache'), { recursive: true })
  writeFileSync(fixture.at('a.md'), 'two')
  for (let round = 0; round < 3; round += 1) {
    expect((await manager.contentCache.getContent('a.md')).content.text()).toBe('two')
  }
})

test('defaults are those of the product', async () => {
  using directory = temporaryDirectory()
  await using manager = await CacheManager.open({ dataRoot: directory.path, enabled: false })
  expect(manager.settings).toMatchObject({
    cacheDirectory: resolve('tmp/cache'),
    sizeLimit: 524_288_000,
    memoryLimit: 67_108_864,
    contentTtlSeconds: 0,
    searchTtlSeconds: 300,
    searchTimeoutSeconds: 30,
    maxFileSize: 10_485_760,
    freshness: 'auto',
    longLived: false,
  })
})
