import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { FakeClock, temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'

test('open() walks nothing, and sync() makes the tree known', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x', link: { link: 'sub' } })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  expect([index.entry('sub'), index.children('')]).toEqual([undefined, []])
  await index.sync()
  expect([...index.walk('')].map(({ path, kind }) => [path, kind])).toEqual([
    ['', 'directory'],
    ['link', 'symlink'],
    ['sub', 'directory'],
    ['sub/file', 'file'],
  ])
  expect(index.entry('link')).toMatchObject({ name: 'link', target: 'sub' })
  expect(index.entry('sub/file')?.signature).toEqual(root.stat('sub/file').signature)
  expect([index.entry('link/file'), index.entry('nothing/at/all')]).toEqual([undefined, undefined])
})

test.each(['auto', 'scan'] as const)('mode is scan and reason says why, freshness %s', async (freshness) => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness })
  expect(index.mode).toBe('scan')
  expect(index.reason).toMatch(/scan/u)
})

test('identity differs from index to index', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using first = await TreeIndex.open({ root })
  await using second = await TreeIndex.open({ root })
  expect(first.identity).not.toBe(second.identity)
})

test('children() and walk() order names by their bytes and keep names that are not UTF-8 apart', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a.txt': '', 'a/x': '', 'a-b': '', B: '', '\u{1F600}': '', '\uFF5E': '' })
  for (const byte of [0xfe, 0xff]) writeFileSync(Buffer.from([...Buffer.from(`${directory.path}/bad-`), byte]), 'x')
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  await index.sync()
  const names = ['B', 'a', 'a-b', 'a.txt', 'bad-\uDCFE', 'bad-\uDCFF', '\uFF5E', '\u{1F600}']
  expect(index.children('').map(({ name }) => name)).toEqual(names)
  expect(root.stat('bad-\uDCFF').signature).toEqual(index.entry('bad-\uDCFF')?.signature)
})

test('what is excluded is never seen, nor anything below it', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'tmp/cache/db': 'x', 'tmp/cache-2': 'x', file: 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, exclude: ['tmp/cache'] })
  const { sequence } = await index.sync()
  writeTree(directory.path, { 'tmp/cache/more': 'x' })
  await index.sync({ scope: 'tmp/cache/more' })
  expect((await index.sync()).sequence).toBe(sequence)
  expect([...index.walk('')].map(({ path }) => path)).toEqual(['', 'file', 'tmp', 'tmp/cache-2'])
})

test('a file that comes and goes between two syncs advances nothing', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const { sequence } = await index.sync()
  const digest = index.digest('')
  writeFileSync(directory.join('sub/passing'), 'x')
  rmSync(directory.join('sub/passing'))
  expect((await index.sync()).sequence).toBe(sequence)
  expect(index.digest('')).toBe(digest)
  expect(index.entry('sub')?.signature).toEqual(root.stat('sub').signature)
})

test('changesSince() names each path below a removed directory, and an entry that became another kind', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'gone/deep/file': 'x', 'turns/inner': 'x', flat: 'x', 'other/file': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const { sequence } = await index.sync()
  rmSync(directory.join('gone'), { recursive: true })
  rmSync(directory.join('turns'), { recursive: true })
  rmSync(directory.join('flat'))
  writeTree(directory.path, { turns: 'now a file', 'flat/inner': 'now a directory' })
  await index.sync()
  const { complete, changed, removed } = index.changesSince(sequence, '')
  expect([complete, changed]).toEqual([true, ['flat', 'flat/inner', 'turns']])
  expect([...removed].sort()).toEqual(['gone', 'gone/deep', 'gone/deep/file', 'turns/inner'])
  expect(index.changesSince(sequence, 'other')).toEqual({ complete: true, changed: [], removed: [] })
  expect(index.changesSince(sequence, 'turns').changed).toEqual(['turns'])
  expect(index.subtreeSequence('other')).toBeLessThanOrEqual(sequence)
})

test('sync() sees a root that was replaced, and rejects when it is gone', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/old': 'x' })
  using root = await DataRoot.open(directory.join('data'))
  await using index = await TreeIndex.open({ root })
  await index.sync()
  renameSync(directory.join('data'), directory.join('away'))
  await expect(index.sync()).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  mkdirSync(directory.join('data'))
  writeFileSync(directory.join('data/new'), 'x')
  await index.sync()
  expect(index.children('').map(({ name }) => name)).toEqual(['new'])
})

test('sync() gives the wall-clock time before the walk', async () => {
  using directory = temporaryDirectory()
  const clock = new FakeClock(1_000)
  using root = await DataRoot.open(directory.path, { clock })
  await using index = await TreeIndex.open({ root })
  expect((await index.sync()).startedNs).toBe(1_000_000_000n)
})

test('racy() names the files that were changed too shortly before a reading', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x', other: 'x', link: { link: 'other' } })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const { startedNs } = await index.sync()
  expect(index.racy('', startedNs)).toEqual(['other', 'sub/file'])
  expect(index.racy('sub/file', startedNs)).toEqual(['sub/file'])
  expect(index.racy('', startedNs + 10_000_000_000n)).toEqual([])
})

test.each(['..', 'a/../..', './a', 'a//b', '/etc', 'a\0'])('sync() refuses the scope %j', async (scope) => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await expect(index.sync({ scope })).rejects.toMatchObject({ code: 'PATH_INVALID' })
})

test('sync() of a scope walks only that', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'in/file': 'x', 'out/file': 'x', single: 'x' })
  symlinkSync('in', directory.join('link'))
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  for (const scope of ['in', 'single', 'link/file', 'missing/deep']) await index.sync({ scope })
  expect([...index.walk('')].map(({ path }) => path)).toEqual(['', 'in', 'in/file', 'link', 'single'])
})

test('close() ends the index, whoever waits, and can be repeated', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'x' })
  using root = await DataRoot.open(directory.path)
  const index = await TreeIndex.open({ root })
  const [waiting] = await Promise.all([Promise.allSettled([index.sync()]), index.close(), index.close()])
  expect(waiting).toMatchObject([{ status: 'rejected', reason: { code: 'INDEX_CLOSED' } }])
  await expect(index.sync()).rejects.toMatchObject({ code: 'INDEX_CLOSED' })
})
