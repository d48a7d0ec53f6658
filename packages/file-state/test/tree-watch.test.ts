import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import type { WatchRules } from '../src/watch-rules.js'
import { describeIndex } from './describe-index.js'
import { naiveWalk } from './naive-walk.js'
import { mountOrSkip } from './support.js'

const onAndOff = [true, false] as const

/** An index in *watch* mode that has seen the directory, with one rule switched. */
async function openWatching(root: DataRoot, rules: Partial<WatchRules>): Promise<TreeIndex> {
  const index = await TreeIndex.open({ root, freshness: 'watch' }, { rules })
  await index.sync()
  expect([index.mode, index.reason]).toEqual(['watch', 'watch was asked for'])
  return index
}

/** How many of a thousand rewrites, each right after the previous one, advance no sequence. */
async function unnoticedRewrites(path: string, believeEvents: boolean): Promise<number> {
  using root = await DataRoot.open(path)
  // A write that left no trace is otherwise taken for one to another file, which makes everything be looked at.
  await using index = await openWatching(root, { believeEvents, checkBriefNames: false })
  let unnoticed = 0
  writeFileSync(`${path}/file`, '00000000')
  for (let round = 0; round < 1_000; round += 1) {
    const { sequence } = await index.sync()
    writeFileSync(`${path}/file`, String(round).padStart(8, '0'))
    await index.sync()
    if (index.changesSince(sequence, '').changed.length === 0) unnoticed += 1
  }
  return unnoticed
}

/** Whether the index is what a fresh walk finds. */
async function isCurrent(index: TreeIndex, root: DataRoot): Promise<boolean> {
  await index.sync()
  const [known, real] = [describeIndex(index), naiveWalk(root.path)]
  return known.size === real.size && [...real].every(([path, state]) => known.get(path) === state)
}

test.each(onAndOff)(
  'sync() looks at everything when more events came than the kernel keeps, rule %s',
  async (distrustBulk) => {
    using directory = temporaryDirectory()
    const names = Array.from({ length: 20_000 }, (_, number) => directory.join(`${number % 100}/${number}`))
    for (let number = 0; number < 100; number += 1) mkdirSync(directory.join(String(number)))
    for (const name of names) writeFileSync(name, '')
    using root = await DataRoot.open(directory.path)
    await using index = await openWatching(root, { distrustBulk })
    for (const name of names) utimesSync(name, 1, 2)
    expect(await isCurrent(index, root)).toBe(distrustBulk)
  },
)

test('an event makes a file changed that looks the same', async () => {
  using directory = temporaryDirectory()
  expect(await unnoticedRewrites(directory.path, true)).toBe(0)
})

test.for(onAndOff)(
  'an event makes a file changed on ext4 with 128-byte inodes, rule %s',
  async (believeEvents, context) => {
    using mount = mountOrSkip('ext4-128', context)
    expect((await unnoticedRewrites(mount.path, believeEvents)) === 0).toBe(believeEvents)
  },
)

test.each(onAndOff)('a new directory is watched before it is listed, rule %s', async (watchBeforeListing) => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await openWatching(root, { watchBeforeListing })
  mkdirSync(directory.join('new'))
  for (let number = 0; number < 6_000; number += 1) writeFileSync(directory.join(`new/${number}`), '')
  const walk = { ended: false }
  const syncing = index.sync().finally(() => {
    walk.ended = true
  })
  for (let turn = 0; !walk.ended; turn += 1) {
    await setImmediate()
    writeFileSync(directory.join(`new/late-${turn}`), '')
  }
  await syncing
  expect(await isCurrent(index, root)).toBe(watchBeforeListing)
})

// This file system gives the inode number of a removed directory to the next one.
test.for(onAndOff)(
  'a replaced directory is indexed anew though its inode number is the same, rule %s',
  async (on, context) => {
    using mount = mountOrSkip('ext4-256', context)
    using root = await DataRoot.open(mount.path)
    await using index = await openWatching(root, { renewDirectories: on })
    let current = true
    for (let round = 0; round < 50 && current; round += 1) {
      writeTree(mount.path, { [`sub/inner/${round}`]: 'x' })
      await index.sync()
      rmSync(`${mount.path}/sub`, { recursive: true })
      writeTree(mount.path, { [`sub/inner/${round}-again`]: 'x' })
      await index.sync()
      writeTree(mount.path, { [`sub/inner/${round}-later`]: 'x' })
      current = await isCurrent(index, root)
    }
    expect(current).toBe(on)
  },
)

test.each(onAndOff)('a root whose path leads elsewhere is indexed anew, rule %s', async (checkRoot) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'above/data/old': 'x', 'other/data/new': 'x' })
  using root = await DataRoot.open(directory.join('above/data'))
  await using index = await openWatching(root, { checkRoot })
  renameSync(directory.join('above'), directory.join('away'))
  renameSync(directory.join('other'), directory.join('above'))
  expect(await isCurrent(index, root)).toBe(checkRoot)
  if (!checkRoot) return
  writeTree(directory.path, { 'above/data/sub/newer': 'x' })
  expect(await isCurrent(index, root)).toBe(true)
  renameSync(directory.join('above'), directory.join('gone'))
  await expect(index.sync()).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  renameSync(directory.join('gone'), directory.join('above'))
  expect(await isCurrent(index, root)).toBe(true)
})

test.each(onAndOff)('a file with a second name outside is looked at each time, rule %s', async (checkLinked) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/sub/file': 'x' })
  linkSync(directory.join('data/sub/file'), directory.join('outside'))
  using root = await DataRoot.open(directory.join('data'))
  await using index = await openWatching(root, { checkLinked })
  writeFileSync(directory.join('outside'), 'longer')
  expect(await isCurrent(index, root)).toBe(checkLinked)
})

test('names of one inode are all changed when one of them is written, also when the second one came later', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a/first': 'x', 'b/other': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await openWatching(root, {})
  linkSync(directory.join('a/first'), directory.join('b/second'))
  expect(await isCurrent(index, root)).toBe(true)
  for (let round = 0; round < 100; round += 1) {
    const { sequence } = await index.sync()
    writeFileSync(directory.join('b/second'), String(round % 10))
    await index.sync({ scope: 'a' })
    expect(index.changesSince(sequence, '').changed).toEqual(['a/first', 'b/second'])
  }
  const { sequence } = await index.sync()
  expect((await index.sync()).sequence).toBe(sequence)
  rmSync(directory.join('b/second'))
  expect(await isCurrent(index, root)).toBe(true)
})

test('what another process wrote while the event loop was blocked is known after sync()', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x', 'sub/deep/er/file': 'x' })
  using root = await DataRoot.open(directory.path)
  await using index = await openWatching(root, {})
  for (let round = 0; round < 10; round += 1) {
    const script = `echo ${round} > sub/file; mkdir -p new/${round}/x; echo y > new/${round}/x/y; mv sub/deep sub/moved; mv sub/moved sub/deep`
    execFileSync('sh', ['-c', script], { cwd: directory.path })
    expect(await isCurrent(index, root)).toBe(true)
  }
  expect(index.mode).toBe('watch')
})

test('names that are not UTF-8 stay what they are in events', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await openWatching(root, {})
  for (const byte of [0xfe, 0xff]) writeFileSync(Buffer.from([...Buffer.from(`${directory.path}/bad-`), byte]), 'x')
  const { sequence } = await index.sync()
  writeFileSync(Buffer.from([...Buffer.from(`${directory.path}/bad-`), 0xff]), 'xy')
  await index.sync()
  expect(index.changesSince(sequence, '').changed).toEqual(['bad-\uDCFF'])
})
