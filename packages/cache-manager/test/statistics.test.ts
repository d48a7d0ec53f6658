import { rmSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { CacheManager } from '../src/cache-manager.js'
import { managerFixture } from './support/manager-fixture.js'

test('stats() is the new_cache part of the statistics document', async () => {
  await using fixture = await managerFixture({ 'a.md': 'TODO one\n' }, { sizeLimit: 50_000_000, contentTtlSeconds: 60 })
  const { manager } = fixture
  await manager.contentCache.getContent('a.md')
  await manager.contentCache.getContent('a.md')
  writeFileSync(fixture.at('a.md'), 'TODO two, longer\n')
  await manager.contentCache.getContent('a.md')
  const stats = manager.stats()
  expect(stats).toEqual({
    enabled: true,
    disk_cache: {
      size: 1,
      volume: expect.any(Number),
      directory: fixture.outside('cache'),
      size_limit: 50_000_000,
    },
    content_ttl: 60,
    search_ttl: 300,
    content: { hits: 1, misses: 2, stale: 1 },
    search: { hits: 0, misses: 0, repaired: 0, stale: 0 },
    memory: { size: expect.any(Number), bytes: expect.any(Number), limit: 67_108_864 },
    role: 'owner',
    configuration: {
      data_root: fixture.at('').replace(/\/$/, ''),
      max_file_size: 10_485_760,
      memory_limit: 67_108_864,
      freshness: 'auto',
      freshness_mode: 'scan',
      freshness_reason: expect.any(String),
      missed_by_watch: 0,
    },
  })
  expect(JSON.parse(JSON.stringify(stats))).toEqual(stats)
})

test('a manager that cannot watch warns, and its health gives the reason', async () => {
  using directory = temporaryDirectory()
  const codes: string[] = []
  await using manager = await CacheManager.open({
    dataRoot: '/proc/self/fdinfo',
    cacheDirectory: directory.join('cache'),
    freshness: 'watch',
    onWarning: ({ code }) => codes.push(code),
  })
  expect(codes).toEqual(['WATCH_UNAVAILABLE'])
  expect(await manager.health()).toMatchObject({ mode: 'scan', reason: expect.stringContaining('scan is used') })
})

test('stats() of a manager that is not enabled says only that', async () => {
  await using fixture = await managerFixture({}, { enabled: false })
  expect(fixture.manager.stats()).toEqual({ enabled: false })
})

test('health() of a working cache is ok and leaves nothing behind', async () => {
  await using fixture = await managerFixture({})
  expect(await fixture.manager.health()).toEqual({
    status: 'ok',
    enabled: true,
    role: 'owner',
    directory: fixture.outside('cache'),
    writable: true,
    rootReadable: true,
    mode: 'scan',
    reason: expect.any(String),
  })
  expect(fixture.manager.persistentCache?.stats().size).toBe(0)
})

test('a manager that watches says so, and finds a file that was written since without looking at the others', async () => {
  await using fixture = await managerFixture({ 'a.md': 'TODO one\n', 'b.md': 'TODO two\n' }, { freshness: 'watch' })
  const { manager } = fixture
  const count = async (): Promise<number> =>
    (await manager.searchCache.grep({ operation: 'grep', pattern: 'TODO', scope: '' })).totalMatches
  expect(await count()).toBe(2)
  writeFileSync(fixture.at('b.md'), 'TODO two\nTODO three\n')
  expect(await count()).toBe(3)
  expect(await manager.health()).toMatchObject({ mode: 'watch', reason: 'watch was asked for' })
  expect(manager.stats()).toMatchObject({ configuration: { freshness: 'watch', freshness_mode: 'watch' } })
})

test('health() is degraded without a store that works, or without the root', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  writeFileSync(fixture.outside('file'), '')
  const degraded = await fixture.reopen({ cacheDirectory: fixture.outside('file/cache') })
  expect(await degraded.health()).toMatchObject({ status: 'degraded', role: 'degraded', writable: false })
  const disabled = await fixture.reopen({ enabled: false })
  expect(await disabled.health()).toMatchObject({ status: 'disabled', role: null, writable: false, rootReadable: true })
  rmSync(fixture.at(''), { recursive: true })
  expect(await disabled.health()).toMatchObject({ status: 'degraded', rootReadable: false })
})
