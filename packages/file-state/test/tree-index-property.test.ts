import { temporaryDirectory } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeEntry, describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'
import { applyOperation, treeOperations } from './tree-operation.js'

const steps = fc.array(treeOperations, { minLength: 1, maxLength: 6 })

test('after each sync() the index equals a fresh walk, and so does a copy kept by changesSince()', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (drawn) => {
      using directory = temporaryDirectory()
      using root = await DataRoot.open(directory.path)
      await using index = await TreeIndex.open({ root })
      const copy = new Map<string, string>()
      let sequence = 0
      for (const operations of drawn) {
        for (const operation of operations) applyOperation(root.path, operation)
        const result = await index.sync()
        const expected = naiveWalk(root.path)
        expect(describeIndex(index)).toEqual(expected)
        follow({ copy, index, sequence, path: '' })
        expect(copy).toEqual(expected)
        expect(result.sequence).toBe(index.subtreeSequence(''))
        sequence = result.sequence
      }
    }),
    { numRuns: 120 },
  )
})

test('sequence and digest move exactly when what a fresh walk sees has changed, in every subtree', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (drawn) => {
      using directory = temporaryDirectory()
      using root = await DataRoot.open(directory.path)
      await using index = await TreeIndex.open({ root })
      await index.sync()
      for (const operations of drawn) {
        const before = subtrees(index, naiveWalk(root.path))
        for (const operation of operations) applyOperation(root.path, operation)
        await index.sync()
        const after = subtrees(index, naiveWalk(root.path))
        for (const [path, was] of before) expectSameMove(path, was, after.get(path) ?? was)
      }
    }),
    { numRuns: 80 },
  )
})

test('sync() of a scope makes that scope equal a fresh walk', async () => {
  const scope = fc.constantFrom('a', 'a/b', 'b', 'é/a', 'c/c/c')
  await fc.assert(
    fc.asyncProperty(steps, scope, async (drawn, path) => {
      using directory = temporaryDirectory()
      using root = await DataRoot.open(directory.path)
      await using index = await TreeIndex.open({ root })
      const copy = new Map<string, string>()
      let sequence = 0
      for (const operations of drawn) {
        for (const operation of operations) applyOperation(root.path, operation)
        sequence = await syncScope({ index, copy, sequence, path })
        expect(copy).toEqual(below(naiveWalk(root.path), path))
        expect(describeIndex(index, path)).toEqual(copy)
      }
      await index.sync()
      expect(describeIndex(index)).toEqual(naiveWalk(root.path))
    }),
    { numRuns: 120 },
  )
})

interface ScopedCopy {
  readonly index: TreeIndex
  readonly copy: Map<string, string>
  readonly sequence: number
  readonly path: string
}

async function syncScope({ index, copy, sequence, path }: ScopedCopy): Promise<number> {
  const result = await index.sync({ scope: path })
  follow({ index, copy, sequence, path })
  return result.sequence
}

function follow({ copy, index, sequence, path: scope }: ScopedCopy): void {
  const { complete, changed, removed } = index.changesSince(sequence, scope)
  expect(complete).toBe(true)
  for (const path of removed) copy.delete(path)
  for (const path of changed) {
    const entry = index.entry(path)
    if (entry !== undefined && path !== '') copy.set(path, describeEntry(entry))
  }
}

/** Digest and sequence of a subtree move together, and only with what is seen in it. */
function expectSameMove(path: string, was: Subtree, is: Subtree): void {
  const same = is.state === was.state
  expect([path, is.digest === was.digest, is.sequence === was.sequence]).toEqual([path, same, same])
  expect(is.sequence).toBeGreaterThanOrEqual(was.sequence)
}

function below(state: Map<string, string>, scope: string): Map<string, string> {
  return new Map([...state].filter(([path]) => path === scope || path.startsWith(`${scope}/`)))
}

interface Subtree {
  readonly state: string
  readonly digest: string
  readonly sequence: number
}

function subtrees(index: TreeIndex, state: Map<string, string>): Map<string, Subtree> {
  const directories = ['', ...[...state].filter(([, text]) => text.startsWith('directory')).map(([path]) => path)]
  return new Map(
    directories.map((path) => [
      path,
      {
        state: JSON.stringify([...(path === '' ? state : below(state, path))]),
        digest: index.digest(path),
        sequence: index.subtreeSequence(path),
      },
    ]),
  )
}
