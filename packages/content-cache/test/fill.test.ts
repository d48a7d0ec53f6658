import { unlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentFixture } from './support/content-fixture.js'

test('fill() reads and stores a file, whichever way leads to it', async () => {
  await using fixture = await contentFixture({ tree: { 'a/b.md': 'b', 'a/c.md': 'c', link: { link: 'a' } } })
  const { cache } = fixture
  const filled = [await cache.fill('link/b.md'), await cache.fill('data/a/c.md')]
  expect(filled.map(({ path, content, cache: { outcome } }) => [path, content.text(), outcome])).toEqual([
    ['a/b.md', 'b', 'miss'],
    ['a/c.md', 'c', 'miss'],
  ])
  expect([cache.holds('a/b.md'), cache.holds('a/c.md'), cache.holds('link/b.md')]).toEqual([true, true, false])
  expect((await cache.fill('link/b.md')).cache.outcome).toBe('confirmed')
  expect((await cache.getContent('a/c.md')).cache.outcome).toBe('hit')
  expect(cache.stats()).toEqual({ hits: 2, confirmed: 1, misses: 2, stale: 0 })
  await cache.drained()
  expect(fixture.store.stats().size).toBe(2)
})

test('fill() stores what a file holds now, and forgets a file that is gone', async () => {
  await using fixture = await contentFixture({ tree: { 'a/b.md': 'old' } })
  const { cache } = fixture
  await cache.fill('a/b.md')
  writeFileSync(fixture.at('a/b.md'), 'newer')
  const { content, cache: report } = await cache.fill('a/b.md')
  expect([content.text(), report.outcome]).toEqual(['newer', 'miss'])
  unlinkSync(fixture.at('a/b.md'))
  await expect(cache.fill('a/b.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await cache.drained()
  expect(fixture.store.stats().size).toBe(0)
  await expect(cache.fill('../b.md')).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})
