import { linkSync, rmSync, writeFileSync } from 'node:fs'
import { ManualTime, temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import type { FreshnessWarning } from '../src/tree-index-options.js'
import type { WatchRules } from '../src/watch-rules.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'

interface Audited extends AsyncDisposable {
  readonly index: TreeIndex
  readonly root: DataRoot
  readonly time: ManualTime
  readonly warnings: readonly FreshnessWarning[]
}

async function openAudited(path: string, rules: Partial<WatchRules> = {}): Promise<Audited> {
  const time = new ManualTime()
  const warnings: FreshnessWarning[] = []
  const root = await DataRoot.open(path)
  const onWarning = (warning: FreshnessWarning): void => void warnings.push(warning)
  const options = { root, freshness: 'watch', clock: time.clock, onWarning } as const
  const index = await TreeIndex.open(options, { rules, startTimer: time.startTimer })
  await index.sync()
  const dispose = async (): Promise<void> => {
    await index.close()
    root.close()
  }
  return { index, root, time, warnings, [Symbol.asyncDispose]: dispose }
}

test('the audit finds nothing in a tree whose changes were told, and takes them in', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x', 'sub/deep/file': 'x', link: { link: 'sub' } })
  await using audited = await openAudited(directory.path)
  const { index, root, time } = audited
  for (let minute = 0; minute < 3; minute += 1) {
    writeTree(directory.path, { [`sub/${minute}/file`]: 'x', 'sub/file': `${minute}` })
    await time.passMinute()
    expect([index.missedByWatch, index.mode]).toEqual([0, 'watch'])
    expect(describeIndex(index)).toEqual(naiveWalk(root.path))
  }
})

test('the audit repairs and counts a file that was written through a second name made outside', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/sub/file': 'x' })
  await using audited = await openAudited(directory.join('data'))
  const { index, root, time, warnings } = audited
  linkSync(directory.join('data/sub/file'), directory.join('outside'))
  writeFileSync(directory.join('outside'), 'longer')
  const { sequence } = await index.sync()
  expect(index.entry('sub/file')?.signature.size).toBe(1n)
  await time.passMinute()
  expect([index.missedByWatch, index.mode, warnings.length]).toEqual([1, 'watch', 0])
  expect(index.changesSince(sequence, '').changed).toEqual(['sub/file'])
  writeFileSync(directory.join('outside'), 'even longer')
  await index.sync()
  expect(describeIndex(index)).toEqual(naiveWalk(root.path))
})

test('a miss that no hard link explains ends watching with one warning, and nothing stays stale', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'above/data/sub/file': 'x' })
  await using audited = await openAudited(directory.join('above/data'), { checkLinked: false })
  const { index, root, time, warnings } = audited
  // Without its rule, a file whose second name is gone again stands for any change that nothing told of.
  linkSync(directory.join('above/data/sub/file'), directory.join('outside'))
  writeFileSync(directory.join('outside'), 'longer')
  rmSync(directory.join('outside'))
  await index.sync()
  expect(describeIndex(index)).not.toEqual(naiveWalk(root.path))
  await time.passMinute()
  expect([index.missedByWatch, index.mode]).toEqual([1, 'scan'])
  expect(warnings).toEqual([{ code: 'WATCH_UNAVAILABLE', message: expect.stringContaining('"sub/file"') }])
  expect(index.reason).toContain('sub/file')
  expect(describeIndex(index)).toEqual(naiveWalk(root.path))
})

test('the audit rests for a minute and ends with the index', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/file': 'x' })
  await using audited = await openAudited(directory.join('data'))
  const { index, time } = audited
  linkSync(directory.join('data/file'), directory.join('outside'))
  time.clock.advance(59_000)
  expect(index.missedByWatch).toBe(0)
  await index.close()
  await time.passMinute()
  expect(index.missedByWatch).toBe(0)
})
