import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentFixture, type ContentFixture } from './support/content-fixture.js'

async function textOf(fixture: ContentFixture, path: string): Promise<string> {
  return (await fixture.cache.getContent(path)).content.text()
}

test('a link to a file that leads elsewhere now is followed there', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a', 'b.md': 'b', 'now.md': { link: 'a.md' } } })
  expect([await textOf(fixture, 'now.md'), await textOf(fixture, 'now.md')]).toEqual(['a', 'a'])
  unlinkSync(fixture.at('now.md'))
  symlinkSync('b.md', fixture.at('now.md'))
  expect(await textOf(fixture, 'now.md')).toBe('b')
})

test('a link to a directory that leads elsewhere now is followed there', async () => {
  const tree = { 'one/f.md': '1', 'two/f.md': '2', now: { link: 'one' } }
  await using fixture = await contentFixture({ tree })
  for (const path of ['one/f.md', 'two/f.md', 'now/f.md']) await fixture.cache.getContent(path)
  unlinkSync(fixture.at('now'))
  symlinkSync('two', fixture.at('now'))
  expect(await textOf(fixture, 'now/f.md')).toBe('2')
})

test('a file replaced by a link out of the root is refused', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  renameSync(fixture.at('a.md'), fixture.outside('a.md'))
  symlinkSync(fixture.outside('a.md'), fixture.at('a.md'))
  await expect(fixture.cache.getContent('a.md')).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})

test.each(['a', 'a/b', 'a/b/c'])('a directory %s moved out and replaced by a link to it is refused', async (moved) => {
  await using fixture = await contentFixture({ tree: { 'a/b/c/f.md': 'inside' } })
  await fixture.cache.getContent('a/b/c/f.md')
  expect(fixture.cache.isFresh('a/b/c/f.md')).toBe(true)
  renameSync(fixture.at(moved), fixture.outside('elsewhere'))
  symlinkSync(fixture.outside('elsewhere'), fixture.at(moved))
  expect(() => fixture.cache.isFresh('a/b/c/f.md')).toThrow('outside the root')
  await expect(fixture.cache.getContent('a/b/c/f.md')).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})

test('a directory replaced by a link to where it is inside the root still answers', async () => {
  await using fixture = await contentFixture({ tree: { 'a/b/f.md': 'inside' } })
  await fixture.cache.getContent('a/b/f.md')
  renameSync(fixture.at('a'), fixture.at('moved'))
  symlinkSync('moved', fixture.at('a'))
  expect(await textOf(fixture, 'a/b/f.md')).toBe('inside')
  rmSync(fixture.at('moved'), { recursive: true })
  await expect(fixture.cache.getContent('a/b/f.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

test('another root put in the place of the root is read, not remembered', async () => {
  await using fixture = await contentFixture({ tree: { 'a/f.md': 'old root', 'f.md': 'old root' } })
  for (const path of ['a/f.md', 'f.md']) await fixture.cache.getContent(path)
  renameSync(fixture.at(''), fixture.outside('old'))
  mkdirSync(fixture.at('a'), { recursive: true })
  await expect(fixture.cache.getContent('a/f.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await expect(fixture.cache.getContent('f.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

test("a directory with the root's own name takes the name over once it exists", async () => {
  await using fixture = await contentFixture({ tree: { 'f.md': 'in the root' } })
  expect([await textOf(fixture, 'data/f.md'), await textOf(fixture, 'data/f.md')]).toEqual([
    'in the root',
    'in the root',
  ])
  mkdirSync(fixture.at('data'))
  await expect(fixture.cache.getContent('data/f.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
})

test("a directory with the root's own name gives the name back once it is gone", async () => {
  await using fixture = await contentFixture({ tree: { 'f.md': 'in the root', 'data/f.md': 'below' } })
  expect([await textOf(fixture, 'data/f.md'), await textOf(fixture, 'data/f.md')]).toEqual(['below', 'below'])
  rmSync(fixture.at('data'), { recursive: true })
  expect(await textOf(fixture, 'data/f.md')).toBe('in the root')
})
