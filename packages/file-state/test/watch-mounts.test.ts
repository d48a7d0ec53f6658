import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
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

function hasMounted(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'none', path], { stdio: 'ignore' })
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
