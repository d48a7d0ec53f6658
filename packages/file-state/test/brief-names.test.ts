import { appendFileSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'

/** Ways to write to `a/file` under a name that is gone before the index can look. */
const ways: readonly (readonly [string, (root: string) => void])[] = [
  ['beside it', (root) => writeThrough(root, 'a/twin')],
  ['in another directory', (root) => writeThrough(root, 'b/twin')],
  ['in place of a file that goes', (root) => (rmSync(`${root}/b/other`), writeThrough(root, 'b/other'))],
  [
    'in a new directory that goes, too',
    (root) => {
      mkdirSync(`${root}/new`)
      writeThrough(root, 'new/twin')
      rmSync(`${root}/new`, { recursive: true })
    },
  ],
  [
    'in a new directory that stays',
    (root) => {
      mkdirSync(`${root}/new/below`, { recursive: true })
      writeThrough(root, 'new/below/twin')
    },
  ],
  [
    'in a directory that goes',
    (root) => {
      writeThrough(root, 'b/twin')
      rmSync(`${root}/b`, { recursive: true })
    },
  ],
  [
    'in a directory that is moved out of the tree',
    (root) => {
      linkSync(`${root}/a/file`, `${root}/b/twin`)
      appendFileSync(`${root}/b/twin`, 'more')
      renameSync(`${root}/b`, `${root}/../gone-${Date.now()}`)
    },
  ],
  [
    'that was moved before',
    (root) => {
      linkSync(`${root}/a/file`, `${root}/b/twin`)
      renameSync(`${root}/b/twin`, `${root}/twin`)
      appendFileSync(`${root}/twin`, 'more')
      rmSync(`${root}/twin`)
    },
  ],
  [
    'of a symbolic link',
    (root) => {
      linkSync(`${root}/a/link`, `${root}/twin`)
      rmSync(`${root}/twin`)
    },
  ],
]

test.each(ways)('an index that watches sees what was written through a brief second name %s', async (_, change) => {
  using directory = temporaryDirectory()
  const { path } = directory
  writeTree(path, { 'a/file': '1', 'b/other': '2' })
  symlinkSync('file', `${path}/a/link`)
  using root = await DataRoot.open(path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  for (let round = 0; round < 3; round += 1) {
    const { sequence } = await index.sync()
    change(path)
    await index.sync()
    expect(describeIndex(index)).toEqual(naiveWalk(path))
    const written = change === ways.at(-1)?.[1] ? 'a/link' : 'a/file'
    expect(index.changesSince(sequence, '').changed).toContain(written)
    mkdirSync(`${path}/b`, { recursive: true })
    writeFileSync(`${path}/b/other`, '2')
    rmSync(`${path}/new`, { recursive: true, force: true })
  }
  expect([index.mode, index.missedByWatch]).toEqual(['watch', 0])
})

test('a write through a brief second name within one tick of the clock is seen, although nothing shows it', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: '1' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  for (let round = 0; round < 50; round += 1) {
    writeFileSync(directory.join('file'), '1')
    const { sequence } = await index.sync()
    linkSync(directory.join('file'), directory.join('twin'))
    writeFileSync(directory.join('twin'), '2')
    rmSync(directory.join('twin'))
    await index.sync()
    expect(index.changesSince(sequence, '').changed).toContain('file')
  }
})

function writeThrough(root: string, name: string): void {
  linkSync(`${root}/a/file`, `${root}/${name}`)
  appendFileSync(`${root}/${name}`, 'more')
  rmSync(`${root}/${name}`)
}
