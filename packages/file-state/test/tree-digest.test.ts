import { chmodSync, chownSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { fingerprint } from '../src/file-signature.js'
import { TreeIndex } from '../src/tree-index.js'
import { mountOrSkip } from './support.js'

type Join = (path: string) => string

const changes: readonly (readonly [string, (join: Join) => void])[] = [
  ['a file written', (join) => writeFileSync(join('sub/deep/file'), 'other')],
  ['a file touched', (join) => utimesSync(join('sub/deep/file'), 1, 1)],
  ['a file renamed', (join) => renameSync(join('sub/deep/file'), join('sub/deep/file-2'))],
  ['a file added', (join) => writeFileSync(join('sub/new'), '')],
  ['a file removed', (join) => rmSync(join('sub/deep/file'))],
  ['a mode changed', (join) => chmodSync(join('sub/deep/file'), 0o600)],
  ["a directory's mode changed", (join) => chmodSync(join('sub/deep'), 0o700)],
  ['a directory renamed', (join) => renameSync(join('sub/deep'), join('sub/deeper'))],
  ['an empty directory removed', (join) => rmSync(join('sub/empty'), { recursive: true })],
  [
    'a link retargeted',
    (join) => {
      rmSync(join('sub/link'))
      symlinkSync('two', join('sub/link'))
    },
  ],
]

test.each(changes)('digest() differs in all directories above after %s, and nowhere else', async (_, change) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, {
    'sub/deep/file': 'x',
    'sub/empty/': '',
    'sub/link': { link: 'one' },
    'beside/file': 'x',
  })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  const before = ['', 'sub', 'beside'].map((path) => index.digest(path))
  change((path) => directory.join(path))
  await index.sync()
  const after = ['', 'sub', 'beside'].map((path) => index.digest(path))
  expect(after.map((digest, position) => digest === before[position])).toEqual([false, false, true])
})

test('digest() differs after an owner changed', async (context) => {
  context.skip(process.getuid?.() !== 0, 'only root can give files away')
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  const before = index.digest('')
  chownSync(directory.join('sub'), 65_534, 0)
  await index.sync()
  expect(index.digest('')).not.toBe(before)
})

test('a link that is retargeted within one tick, in the same inode, is a change', async (context) => {
  using mount = mountOrSkip('ext4-128', context)
  using root = await DataRoot.open(mount.path)
  await using index = await TreeIndex.open({ root })
  let { sequence } = await index.sync()
  for (let round = 0; round < 20; round += 1) {
    const before = index.digest('')
    rmSync(`${mount.path}/link`, { force: true })
    symlinkSync(`target-${round % 2}`, `${mount.path}/link`)
    const after = await index.sync()
    expect(index.entry('link')?.target).toBe(`target-${round % 2}`)
    expect(index.changesSince(sequence, '').changed).toEqual(['link'])
    expect(index.digest('')).not.toBe(before)
    sequence = after.sequence
  }
})

test('digest() is the same in another index of the same tree', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a/b/c/file': 'x', 'a/link': { link: 'b' } })
  using root = await DataRoot.open(directory.path)
  await using first = await TreeIndex.open({ root })
  await using second = await TreeIndex.open({ root })
  await first.sync()
  await second.sync({ scope: 'a/b' })
  await second.sync()
  expect(second.digest('')).toBe(first.digest(''))
  expect(first.digest('')).toMatch(/^[0-9a-f]{40}$/u)
  expect([first.digest('missing'), first.digest('a/link')]).toEqual(['', ''])
})

test('node() gives names, kinds, and the digests or fingerprints that a digest is made from', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/x': 'x', file: 'x', link: { link: 'sub' } })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  expect(index.node('')).toEqual([
    { name: 'file', kind: 'file', digest: fingerprint(root.stat('file').signature) },
    { name: 'link', kind: 'symlink', digest: expect.stringMatching(/>sub$/u) },
    { name: 'sub', kind: 'directory', digest: index.digest('sub') },
  ])
})
