import { closeSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { temporaryDirectory, type TemporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'

interface Place {
  readonly directory: TemporaryDirectory
  readonly sync: () => Promise<unknown>
}

/** Ways to give `log` the name `old/log` while a program has it open, so that only this name is left. */
const ways: readonly (readonly [string, (place: Place) => Promise<void>])[] = [
  [
    'that is gone',
    async ({ directory, sync }) => {
      linkSync(directory.join('data/log'), directory.join('data/old/log'))
      rmSync(directory.join('data/log'))
      await sync()
    },
  ],
  [
    'that another file has by now',
    async ({ directory, sync }) => {
      linkSync(directory.join('data/log'), directory.join('data/old/log'))
      writeFileSync(directory.join('data/next'), 'next\n')
      renameSync(directory.join('data/next'), directory.join('data/log'))
      await sync()
    },
  ],
  [
    'in a directory that is gone, which was seen to be one of two',
    (place) => moveAndRemove(place, { to: 'data/gone/log', removed: 'data/gone' }),
  ],
  ['outside, which was seen to be one of two', (place) => moveAndRemove(place, { to: 'outside', removed: 'outside' })],
]

test.each(ways)(
  'an index that watches sees what is written to a file that was opened under a name %s',
  async (_, way) => {
    using directory = temporaryDirectory()
    writeTree(directory.path, { 'data/log': 'first\n' })
    for (const name of ['data/old', 'data/gone']) mkdirSync(directory.join(name))
    using root = await DataRoot.open(directory.join('data'))
    await using index = await TreeIndex.open({ root, freshness: 'watch' })
    await index.sync()
    const descriptor = openSync(directory.join('data/log'), 'a')
    try {
      await way({ directory, sync: () => index.sync() })
      for (let line = 0; line < 3; line += 1) {
        writeSync(descriptor, `line ${line}\n`)
        await index.sync()
        expect(describeIndex(index)).toEqual(naiveWalk(root.path))
      }
    } finally {
      closeSync(descriptor)
    }
    expect([index.mode, index.missedByWatch]).toEqual(['watch', 0])
  },
)

/** Moves `log`, gives it the name `old/log`, shows both to the index, and removes where it was moved. */
async function moveAndRemove({ directory, sync }: Place, { to, removed }: Record<'to' | 'removed', string>) {
  renameSync(directory.join('data/log'), directory.join(to))
  linkSync(directory.join(to), directory.join('data/old/log'))
  await sync()
  rmSync(directory.join(removed), { recursive: true })
  await sync()
}
