import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'

const onAndOff = [true, false] as const

test.for(onAndOff)('a file system mounted over a directory is seen at once, rule %s', async (checkMounts, context) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/with space/file': 'hidden', 'other/file': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' }, { rules: { checkMounts } })
  const isCurrent = async (): Promise<boolean> => {
    await index.sync()
    return JSON.stringify([...describeIndex(index)]) === JSON.stringify([...naiveWalk(root.path)])
  }
  expect(await isCurrent()).toBe(true)
  const path = directory.join('sub/with space')
  for (let round = 0; round < 2; round += 1) {
    if (!hasMounted(path)) context.skip('nothing can be mounted here')
    try {
      mkdirSync(`${path}/deep`)
      writeFileSync(`${path}/deep/file`, 'shown')
      expect(await isCurrent()).toBe(checkMounts)
      if (!checkMounts) return
      writeFileSync(`${path}/deep/later`, 'shown')
      expect(await isCurrent()).toBe(true)
    } finally {
      execFileSync('umount', [path])
    }
    expect(await isCurrent()).toBe(true)
  }
})

test('a file mounted over another one is seen with all that is written to it, because the index scans then', async (context) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/sub/file': 'hidden', source: 'shown' })
  using root = await DataRoot.open(directory.join('data'))
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  if (!hasMounted(directory.join('data/sub/file'), '--bind', directory.join('source')))
    context.skip('nothing can be mounted here')
  try {
    await using later = await TreeIndex.open({ root, freshness: 'watch' })
    for (const path of ['source', 'data/sub/file', 'source']) {
      appendFileSync(directory.join(path), 'more')
      for (const watching of [index, later]) {
        await watching.sync()
        expect(describeIndex(watching)).toEqual(naiveWalk(root.path))
        expect([watching.mode, watching.reason]).toEqual(['scan', expect.stringContaining('mounted over "sub/file"')])
      }
    }
  } finally {
    execFileSync('umount', [directory.join('data/sub/file')])
  }
  await index.sync()
  expect(describeIndex(index)).toEqual(naiveWalk(root.path))
})

test('what is hidden by a mount above the root is seen at once', async (context) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/sub/file': 'hidden' })
  using root = await DataRoot.open(directory.join('data'))
  const mounted: string[] = []
  const mountAt = (path: string, ...how: readonly string[]): void => {
    if (!hasMounted(path, ...how)) context.skip('nothing can be mounted here')
    mounted.push(path)
  }
  try {
    mountAt(directory.join('data/sub'))
    writeFileSync(directory.join('data/sub/other'), 'shown')
    await using index = await TreeIndex.open({ root, freshness: 'watch' })
    await index.sync()
    // A copy of the same tree without what is mounted below.
    mountAt(directory.path, '--bind', directory.path)
    await index.sync()
    expect(describeIndex(index)).toEqual(naiveWalk(root.path))
    expect(index.entry('sub/file')?.kind).toBe('file')
    execFileSync('umount', [mounted.pop() ?? ''])
    await index.sync()
    expect(index.entry('sub/other')?.kind).toBe('file')
    expect(index.mode).toBe('watch')
  } finally {
    for (const path of mounted.toReversed()) execFileSync('umount', [path])
  }
})

function hasMounted(path: string, ...how: readonly string[]): boolean {
  try {
    execFileSync('mount', [...(how.length > 0 ? how : ['-t', 'tmpfs', 'none']), path], { stdio: 'ignore' })
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
