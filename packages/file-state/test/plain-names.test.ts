import { once } from 'node:events'
import { appendFileSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, watch, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { temporaryDirectory, type TemporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'

interface Place {
  /** Path of something in the root. */
  readonly join: (name: string) => string
  readonly outside: string
  /** Does something to a name in the root, and lets the index glimpse at what came of it. */
  readonly glimpsed: (act: () => void) => Promise<void>
}

type Way = readonly [title: string, change: (place: Place) => Promise<void>]

const plain: readonly Way[] = [
  [
    'was removed',
    async ({ join, glimpsed }) => {
      await glimpsed(() => writeFileSync(join('temporary'), 'x'))
      rmSync(join('temporary'))
    },
  ],
  [
    'was renamed over another file',
    async ({ join, glimpsed }) => {
      await glimpsed(() => writeFileSync(join('temporary'), 'x'))
      appendFileSync(join('temporary'), 'y')
      renameSync(join('temporary'), join('other'))
    },
  ],
  [
    'went, with a directory and all that was in it',
    async ({ join, glimpsed }) => {
      await glimpsed(() => writeFileSync(join('temporary'), 'x'))
      rmSync(join('temporary'))
      rmSync(join('directory'), { recursive: true })
    },
  ],
  [
    'was a link',
    async ({ join, glimpsed }) => {
      await glimpsed(() => symlinkSync('file', join('temporary')))
      rmSync(join('temporary'))
    },
  ],
]

const hidden: readonly Way[] = [
  [
    'for a moment',
    async ({ join, glimpsed }) => {
      await glimpsed(() => linkSync(join('file'), join('twin')))
      appendFileSync(join('twin'), 'more')
      rmSync(join('twin'))
    },
  ],
  [
    'that was that of a temporary file before',
    async ({ join, glimpsed }) => {
      await glimpsed(() => writeFileSync(join('twin'), ''))
      rmSync(join('twin'))
      linkSync(join('file'), join('twin'))
      appendFileSync(join('twin'), 'more')
      rmSync(join('twin'))
    },
  ],
  [
    'that was moved over a temporary file, from outside',
    async ({ join, outside, glimpsed }) => {
      await glimpsed(() => writeFileSync(join('twin'), ''))
      linkSync(join('file'), outside)
      renameSync(outside, join('twin'))
      appendFileSync(join('twin'), 'more')
      rmSync(join('twin'))
    },
  ],
  [
    'that a file from outside has by then',
    async ({ join, outside, glimpsed }) => {
      writeFileSync(outside, 'new')
      await glimpsed(() => {
        linkSync(join('file'), join('twin'))
        appendFileSync(join('twin'), 'more')
        renameSync(outside, join('twin'))
      })
    },
  ],
  [
    'that was its only one',
    async ({ join, glimpsed }) => {
      await glimpsed(() => renameSync(join('file'), join('twin')))
      appendFileSync(join('twin'), 'more')
      renameSync(join('twin'), join('file'))
    },
  ],
  [
    'in a temporary directory',
    async ({ join, glimpsed }) => {
      await glimpsed(() => mkdirSync(join('new')))
      linkSync(join('file'), join('new/twin'))
      appendFileSync(join('new/twin'), 'more')
      rmSync(join('new'), { recursive: true })
    },
  ],
]

test.each(plain)('an index that watches looks at nothing else after a temporary file that %s', async (_, change) => {
  using directory = temporaryDirectory()
  await using open = await openWatching(directory)
  // No event tells of this, so only a look at the file can.
  linkSync(open.join('file'), open.outside)
  appendFileSync(open.outside, 'more')
  await change(open)
  await open.index.sync()
  expect(open.index.entry('file')?.signature.size).toBe(1n)
  expect([open.index.entry('temporary'), open.index.missedByWatch]).toEqual([undefined, 0])
  // Nobody could glimpse at this one.
  writeFileSync(open.join('temporary'), 'x')
  rmSync(open.join('temporary'))
  await open.index.sync()
  expect(describeIndex(open.index)).toEqual(naiveWalk(open.join('')))
})

test.each(hidden)('an index that watches sees what was written under a glimpsed name %s', async (_, change) => {
  using directory = temporaryDirectory()
  await using open = await openWatching(directory)
  for (let round = 0; round < 3; round += 1) {
    const { sequence } = await open.index.sync()
    await change(open)
    await open.index.sync()
    expect(open.index.changesSince(sequence, '').changed).toContain('file')
    expect(describeIndex(open.index)).toEqual(naiveWalk(open.join('')))
    rmSync(open.join('twin'), { force: true })
  }
})

async function openWatching({ join, path }: TemporaryDirectory) {
  writeTree(path, { 'data/file': '1', 'data/other': '2', 'data/directory/below/third': '3' })
  const root = await DataRoot.open(join('data'))
  const index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  // It hears of a name when the index does.
  const watcher = watch(root.path)
  const place: Place = {
    join: (name) => join(`data/${name}`),
    outside: join('outside'),
    glimpsed: async (act) => {
      const told = once(watcher, 'change')
      act()
      await told
      await setImmediate()
    },
  }
  const dispose = async (): Promise<void> => {
    watcher.close()
    await index.close()
    root.close()
  }
  return { ...place, index, [Symbol.asyncDispose]: dispose }
}
