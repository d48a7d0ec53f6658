import { temporaryDirectory } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeEntry, describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'
import { applyOperation, treeOperations } from './tree-operation.js'

const steps = fc.array(treeOperations, { minLength: 1, maxLength: 8 })

test('in watch mode the index equals a fresh walk after each sync(), and so does a copy kept by changesSince()', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (drawn) => {
      using directory = temporaryDirectory()
      using root = await DataRoot.open(directory.path)
      await using index = await TreeIndex.open({ root, freshness: 'watch' })
      const copy = new Map<string, string>()
      let { sequence } = await index.sync()
      for (const operations of drawn) {
        for (const operation of operations) applyOperation(root.path, operation)
        const result = await index.sync()
        const expected = naiveWalk(root.path)
        expect(describeIndex(index)).toEqual(expected)
        follow(copy, index, sequence)
        expect(copy).toEqual(expected)
        expect(result.sequence).toBe(index.subtreeSequence(''))
        sequence = result.sequence
      }
      expect(index.mode).toBe('watch')
    }),
    { numRuns: 150 },
  )
})

test('in watch mode the index has the digest of one that scans, also of a tree that was there before', async () => {
  await fc.assert(
    fc.asyncProperty(treeOperations, steps, async (before, drawn) => {
      using directory = temporaryDirectory()
      using root = await DataRoot.open(directory.path)
      for (const operation of before) applyOperation(root.path, operation)
      await using watching = await TreeIndex.open({ root, freshness: 'watch' })
      await watching.sync()
      for (const operations of drawn) {
        for (const operation of operations) applyOperation(root.path, operation)
        await using scanning = await TreeIndex.open({ root })
        await Promise.all([watching.sync(), scanning.sync()])
        expect(watching.digest('')).toBe(scanning.digest(''))
        expect(watching.entry('a')?.signature).toEqual(scanning.entry('a')?.signature)
      }
    }),
    { numRuns: 100 },
  )
})

function follow(copy: Map<string, string>, index: TreeIndex, sequence: number): void {
  const { complete, changed, removed } = index.changesSince(sequence, '')
  expect(complete).toBe(true)
  for (const path of removed) copy.delete(path)
  for (const path of changed) {
    const entry = index.entry(path)
    if (entry !== undefined && path !== '') copy.set(path, describeEntry(entry))
  }
}
