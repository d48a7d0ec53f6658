import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentFixture } from './support/content-fixture.js'

const tree = {
  'top.md': 't',
  'data1/a.md': 'a',
  'data1/sub/b.md': 'b',
  'data10/c.md': 'c',
  'data1.md': 'd',
  link: { link: 'data1' },
}
const files = ['top.md', 'data1/a.md', 'data1/sub/b.md', 'data10/c.md', 'data1.md']

test('invalidateFile() forgets one file, by any spelling, and says whether there was something', async () => {
  await using fixture = await contentFixture({ tree })
  for (const file of files) await fixture.cache.getContent(file)
  expect(await fixture.cache.invalidateFile('link/a.md')).toBe(true)
  expect(await fixture.cache.invalidateFile('data1/a.md')).toBe(false)
  expect(files.filter((file) => fixture.cache.isFresh(file))).toEqual(files.filter((file) => file !== 'data1/a.md'))
})

test('invalidateDirectory() forgets what lies below, and not what only begins alike', async () => {
  await using fixture = await contentFixture({ tree })
  for (const file of files) await fixture.cache.getContent(file)
  expect(await fixture.cache.invalidateDirectory('data1')).toBe(2)
  expect(await fixture.cache.invalidateDirectory('data1/')).toBe(0)
  expect(files.filter((file) => fixture.cache.isFresh(file))).toEqual(['top.md', 'data10/c.md', 'data1.md'])
})

test('invalidateDirectory() of the root forgets everything of this root and nothing of another', async () => {
  await using fixture = await contentFixture({ tree })
  await fixture.store.namespace('content').set('0123456789abcdef/data1/a.md', 'of another root')
  for (const file of files) await fixture.cache.getContent(file)
  expect(await fixture.cache.invalidateDirectory('')).toBe(files.length)
  expect(fixture.store.stats().size).toBe(1)
})

test('what is gone from the file system can still be invalidated', async () => {
  await using fixture = await contentFixture({ tree })
  for (const file of files) await fixture.cache.getContent(file)
  rmSync(fixture.at('data1'), { recursive: true })
  expect(await fixture.cache.invalidateFile('data1/a.md')).toBe(true)
  expect(await fixture.cache.invalidateDirectory('data1')).toBe(1)
})

test('invalidation refuses a path outside the root', async () => {
  await using fixture = await contentFixture({ tree })
  await expect(fixture.cache.invalidateFile('../x')).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
  await expect(fixture.cache.invalidateDirectory('/etc')).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})
