import { writeFileSync } from 'node:fs'
import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { CacheManager } from '../src/index.js'
import { managerFixture } from './support/manager-fixture.js'

test('what one manager read and searched, another one on the same directories answers, each with its own proof', async () => {
  await using fixture = await managerFixture({ 'a.md': 'TODO one\n', 'b.md': 'two\n' })
  const query = { operation: 'grep', pattern: 'TODO', scope: '' } as const
  await fixture.manager.contentCache.getContent('a.md')
  await fixture.manager.searchCache.grep(query)
  await using other = await CacheManager.open({
    dataRoot: fixture.at(''),
    cacheDirectory: fixture.outside('cache'),
    clock: new FakeClock(),
  })
  expect(other.stats()).toMatchObject({ role: 'follower' })
  const read = await other.contentCache.getContent('a.md')
  expect([read.cache.outcome, read.content.text()]).toEqual(['hit', 'TODO one\n'])
  expect((await other.searchCache.grep(query)).cache.outcome).toBe('hit')
  writeFileSync(fixture.at('b.md'), 'TODO two\n')
  const repaired = await other.searchCache.grep(query)
  expect([repaired.cache.outcome, repaired.totalMatches]).toEqual(['repaired', 2])
  expect((await fixture.manager.searchCache.grep(query)).totalMatches).toBe(2)
})

test('conversations do not count as part of the cache', async () => {
  await using fixture = await managerFixture({ 'a.md': 'one' })
  const { manager } = fixture
  await manager.persistentCache?.namespace('session').set('conversation', ['a question'])
  await manager.contentCache.getContent('a.md')
  expect(manager.stats()).toMatchObject({ disk_cache: { size: 1 } })
  await manager.clearAll()
  expect(manager.stats()).toMatchObject({ disk_cache: { size: 0, volume: 0 } })
  expect(await manager.persistentCache?.namespace('session').has('conversation')).toBe(true)
})
