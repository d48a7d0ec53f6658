import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'
import { asOrdinaryUser } from './support.js'

test('an index that watches follows a process that changes the tree all the time', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  for (let round = 0; round < 5; round += 1) {
    const churn = startChurn(directory.path, round)
    const ended = once(churn, 'exit')
    while (churn.exitCode === null) {
      await index.sync()
      await new Promise(setImmediate)
    }
    await ended
    await index.sync()
    expect(describeIndex(index)).toEqual(naiveWalk(root.path))
  }
  expect(index.mode).toBe('watch')
})

test('a sync() that is aborted loses no event', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  writeTree(directory.path, { file: 'longer', 'new/file': 'x' })
  const controller = new AbortController()
  const aborted = index.sync({ signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(aborted).rejects.toThrow('enough')
  await index.sync()
  expect(describeIndex(index)).toEqual(naiveWalk(root.path))
})

test('a directory that could not be read is watched as soon as it can be', async (context) => {
  using directory = temporaryDirectory()
  const reason = await asOrdinaryUser(async () => {
    using inner = temporaryDirectory()
    writeTree(inner.path, { 'sub/deep/file': 'x' })
    using root = await DataRoot.open(inner.path)
    await using index = await TreeIndex.open({ root, freshness: 'watch' })
    for (const mode of [0o000, 0o755, 0o400, 0o755, 0o311, 0o755]) {
      chmodSync(inner.join('sub'), mode)
      await index.sync()
      await using fresh = await TreeIndex.open({ root })
      await fresh.sync()
      expect([index.digest(''), index.unreadable('')]).toEqual([fresh.digest(''), fresh.unreadable('')])
    }
    writeFileSync(inner.join('sub/deep/file'), 'longer')
    await index.sync()
    expect(describeIndex(index)).toEqual(naiveWalk(root.path))
    expect(index.mode).toBe('watch')
  })
  if (reason !== undefined) context.skip(reason)
  writeTree(directory.path, {})
})

test('files that look the same after events were lost count as changed when they could have been rewritten', async () => {
  using directory = temporaryDirectory()
  for (let number = 0; number < 9_000; number += 1) writeFileSync(directory.join(`file-${number}`), '')
  mkdirSync(directory.join('sub'))
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  writeTree(directory.path, { 'sub/recent': 'x' })
  const { sequence } = await index.sync()
  for (let number = 0; number < 9_000; number += 1) utimesSync(directory.join(`file-${number}`), 1, 2)
  await index.sync()
  expect(index.changesSince(sequence, 'sub').changed).toEqual(['sub/recent'])
})

test('a directory moved out, replaced by a symbolic link and moved in again is what it is', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/sub/file': 'x', 'elsewhere/file': 'y' })
  using root = await DataRoot.open(directory.join('data'))
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  const expectCurrent = async (): Promise<void> => {
    await index.sync()
    expect(describeIndex(index)).toEqual(naiveWalk(root.path))
  }
  await expectCurrent()
  renameSync(directory.join('data/sub'), directory.join('away'))
  symlinkSync(directory.join('elsewhere'), directory.join('data/sub'))
  await expectCurrent()
  writeTree(directory.path, { 'away/more/file': 'z' })
  await expectCurrent()
  renameSync(directory.join('data/sub'), directory.join('data/link'))
  renameSync(directory.join('away'), directory.join('data/sub'))
  writeTree(directory.path, { 'data/sub/more/later': 'z' })
  await expectCurrent()
})

function startChurn(path: string, seed: number): ChildProcess {
  const script = fileURLToPath(new URL('fixtures/churn.mjs', import.meta.url))
  return spawn(process.execPath, [script, path, String(seed)], { stdio: 'inherit' })
}
