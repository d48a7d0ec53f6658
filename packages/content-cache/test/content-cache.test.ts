import { utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ContentCache } from '../src/index.js'
import { contentFixture } from './support/content-fixture.js'

test('getContent() reads a file once and then answers from memory by one stat', async () => {
  await using fixture = await contentFixture({ tree: { 'a/notes.md': 'hello\n' } })
  const first = await fixture.cache.getContent('a/notes.md')
  const second = await fixture.cache.getContent('a/notes.md')
  expect(first.cache).toEqual({ outcome: 'miss', tier: null, verifiedBy: 'read', ageSeconds: null })
  expect(second.cache).toMatchObject({ outcome: 'hit', tier: 'memory', verifiedBy: 'stat' })
  expect(second.cache.ageSeconds).toBeGreaterThanOrEqual(0)
  expect([first.content.text(), second.content.text()]).toEqual(['hello\n', 'hello\n'])
  expect(second).toMatchObject({ path: 'a/notes.md', signature: first.signature })
  expect(fixture.cache.stats()).toEqual({ hits: 1, confirmed: 0, misses: 1, stale: 0 })
})

test('getContent() answers from disk after a restart', async () => {
  await using fixture = await contentFixture({ tree: { 'notes.md': 'hello\n' }, memoryLimit: 0 })
  await fixture.cache.getContent('notes.md')
  await fixture.cache.drained()
  const { content, cache } = await fixture.again().getContent('notes.md')
  expect([content.text(), cache.outcome, cache.tier]).toEqual(['hello\n', 'hit', 'disk'])
})

test('every spelling of a path shares one entry', async () => {
  await using fixture = await contentFixture({
    tree: { 'a/b.md': 'b', link: { link: 'a' }, 'l.md': { link: 'a/b.md' } },
  })
  await fixture.cache.getContent('a/b.md')
  const spellings = ['./a/b.md', 'a//b.md', 'a/../a/b.md', 'data/a/b.md', fixture.at('a/b.md'), 'link/b.md', 'l.md']
  for (const spelling of spellings) {
    const { path, cache } = await fixture.cache.getContent(spelling)
    expect([spelling, path, cache.outcome]).toEqual([spelling, 'a/b.md', 'hit'])
  }
  expect(fixture.store.stats().size).toBe(1)
})

test('getContent() reads again when the file changed, and counts the entry as stale', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  await fixture.cache.getContent('a.md')
  writeFileSync(fixture.at('a.md'), 'other')
  const { content, cache } = await fixture.cache.getContent('a.md')
  expect([content.text(), cache.outcome]).toEqual(['other', 'miss'])
  expect(fixture.cache.stats()).toEqual({ hits: 0, confirmed: 0, misses: 2, stale: 1 })
  expect(fixture.store.stats().size).toBe(1)
})

test('a touched file is confirmed by its hash and then hit again', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const { signature } = await fixture.cache.getContent('a.md')
  utimesSync(fixture.at('a.md'), 1_000, 1_000)
  const touched = await fixture.cache.getContent('a.md')
  expect(touched.cache).toMatchObject({ outcome: 'confirmed', tier: 'memory', verifiedBy: 'hash' })
  expect(touched.signature.mtimeNs).toBe(1_000_000_000_000n)
  expect(touched.signature).not.toEqual(signature)
  expect((await fixture.cache.getContent('a.md')).cache.outcome).toBe('hit')
  expect(fixture.cache.stats()).toEqual({ hits: 2, confirmed: 1, misses: 1, stale: 0 })
})

test('without a store every answer is right and a bypass', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' }, withoutStore: true })
  expect((await fixture.cache.getContent('a.md')).content.text()).toBe('one')
  writeFileSync(fixture.at('a.md'), 'two')
  const { content, cache } = await fixture.cache.getContent('a.md')
  expect(content.text()).toBe('two')
  expect(cache).toEqual({ outcome: 'bypass', tier: null, verifiedBy: 'read', ageSeconds: null })
  expect(await fixture.cache.invalidateFile('a.md')).toBe(false)
  expect(await fixture.cache.invalidateDirectory('')).toBe(0)
})

test('isFresh() tells whether the next answer would be a hit', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  expect(fixture.cache.isFresh('a.md')).toBe(false)
  await fixture.cache.getContent('a.md')
  expect(fixture.cache.isFresh('a.md')).toBe(true)
  writeFileSync(fixture.at('a.md'), 'two')
  expect(fixture.cache.isFresh('a.md')).toBe(false)
  expect(fixture.cache.stats()).toMatchObject({ hits: 0, misses: 1 })
})

test('a loader reads in place of the cache, and what is not the file is not stored', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const wrong = await fixture.cache.getContent('a.md', { loader: () => Buffer.from('something else') })
  expect(wrong.content.text()).toBe('something else')
  expect(fixture.store.stats().size).toBe(0)
  const asked: string[] = []
  const loader = async (realPath: string): Promise<Uint8Array> => {
    asked.push(realPath)
    return Buffer.from('one')
  }
  for (let round = 0; round < 3; round += 1) await fixture.cache.getContent('./a.md', { loader })
  expect(asked).toEqual(['a.md'])
})

test('a loader that fails rejects the answer and stores nothing', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const failing = fixture.cache.getContent('a.md', { loader: () => Promise.reject(new Error('no')) })
  await expect(failing).rejects.toThrow('no')
  expect((await fixture.cache.getContent('a.md')).content.text()).toBe('one')
})

test.each([-1, 1.5, Number.NaN, 2 ** 31])('the constructor refuses a maxFileSize of %d', async (maxFileSize) => {
  await using fixture = await contentFixture()
  expect(() => new ContentCache({ root: fixture.root, maxFileSize })).toThrow(RangeError)
})

test.each([-1, Number.NaN, Infinity])('the constructor refuses a ttl of %d seconds', async (ttlSeconds) => {
  await using fixture = await contentFixture()
  expect(() => fixture.again({ ttlSeconds })).toThrow(RangeError)
})
