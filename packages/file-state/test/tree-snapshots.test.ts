import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CacheStore, PersistentCache } from '@fsagent/cache-core'
import { FakeClock, temporaryDirectory, writeTree } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { Tree } from '../src/tree.js'
import { storedTreeFormat, type StoredTree } from '../src/stored-tree.js'
import { TreeIndex } from '../src/tree-index.js'
import { listingsAtStart, snapshotsOf, start } from './restart.js'
import { asOrdinaryUser } from './support.js'
import { applyOperation, treeOperations } from './tree-operation.js'

/** Longer than the stamps of a local file system are believed to be apart. */
const settledMs = 130
const files = { 'a/one': '1', 'a/b/two': '2', 'a/b/c/three': '3', 'empty/': '', link: { link: 'a/one' } }
const directories = 5
const steps = 3

test.each(['scan', 'watch'] as const)(
  'an index that was stored equals a fresh one at the next start, whatever was done meanwhile: %s',
  async (freshness) => {
    const seed = Date.now() % 1_000_000
    const trees = fc.sample(fc.array(treeOperations, { minLength: steps, maxLength: steps }), { numRuns: 25, seed })
    using directory = temporaryDirectory()
    await using cache = await PersistentCache.open({ directory: directory.join('cache') })
    for (let step = 0; step < steps; step += 1) {
      for (const [number, drawn] of trees.entries()) {
        const path = directory.join(String(number))
        mkdirSync(path, { recursive: true })
        for (const operation of drawn[step] ?? []) applyOperation(path, operation)
        expect(await start(path, { store: cache, freshness }), `seed ${seed}, tree ${number}`).toEqual(
          await start(path),
        )
      }
      await sleep(settledMs)
    }
  },
)

test('sync() lists again what was stored too early to prove its names, and after that nothing that stayed', async () => {
  await using place = await openPlace()
  await start(place.root, { ...place, clock: new FakeClock(Date.now() - 60_000) })
  await sleep(settledMs)
  expect(await listingsAtStart(place.root, place.store)).toBe(directories)
  await start(place.root, place)
  expect(await listingsAtStart(place.root, place.store)).toBe(0)
  writeFileSync(`${place.root}/a/b/new`, '')
  expect(await listingsAtStart(place.root, place.store)).toBe(1)
})

test('entry() finds what was restored although it was asked for before', async () => {
  await using place = await openPlace()
  await start(place.root, place)
  await sleep(settledMs)
  await start(place.root, place)
  await using root = await DataRoot.open(place.root)
  await using index = await TreeIndex.open({ root, store: place.store })
  expect(index.entry('a/b/two')).toBe(undefined)
  await index.sync()
  expect(index.entry('a/b/two')).toMatchObject({ kind: 'file' })
})

test('names that are no UTF-8 come back as they were', async () => {
  await using place = await openPlace()
  writeFileSync(Buffer.concat([Buffer.from(`${place.root}/a/`), Buffer.of(0xff, 0x61)]), 'x')
  await start(place.root, place)
  expect(await start(place.root, place)).toEqual(await start(place.root))
})

const damages: readonly (readonly [string, (stored: StoredTree) => unknown])[] = [
  ['of another format', (stored) => ({ ...stored, format: storedTreeFormat + 1 })],
  ['without a column', ({ counts: _counts, ...stored }) => stored],
  ['with a name too many', (stored) => ({ ...stored, names: `${stored.names}/more` })],
  ['with a row too few', (stored) => ({ ...stored, counts: stored.counts.map((count) => count + 1) })],
  [
    'with directories that are files',
    ({ rows, ...stored }) => ({ ...stored, rows: { ...rows, mode: rows.mode.map(() => 0o100644) } }),
  ],
  ['that is something else', () => 'text'],
]

test.each(damages)('a stored tree %s is a miss', async (_, damage) => {
  await using place = await openPlace()
  await start(place.root, place)
  for await (const key of place.store.keys()) {
    const stored = await place.store.get<StoredTree>(key)
    if (stored !== undefined) await place.store.set(key, damage(stored))
  }
  await using root = await DataRoot.open(place.root)
  const tree = new Tree()
  await snapshotsOf(tree, root.path, place.store).load()
  expect(tree.sequence).toBe(0)
  expect(await start(place.root, place)).toEqual(await start(place.root))
})

test('what one user may list is not taken for what another one may', async (context) => {
  context.skip(process.getuid?.() !== 0, 'only root can become another user')
  await using place = await openPlace()
  chmodSync(place.path, 0o711)
  chmodSync(`${place.root}/a`, 0o711)
  await sleep(settledMs)
  await start(place.root, place)
  expect(await listingsAtStart(place.root, place.store)).toBe(0)
  const obstacle = await asOrdinaryUser(async () => {
    expect((await start(place.root, place)).unreadable).toEqual(['a'])
  })
  context.skip(obstacle !== undefined, obstacle)
})

test('only a tree that was walked as a whole is stored, and again only when enough of it is new', async () => {
  await using place = await openPlace()
  for (let number = 0; number < 100; number += 1) writeFileSync(`${place.root}/a/${number}`, '')
  await sleep(settledMs)
  await using root = await DataRoot.open(place.root)
  const visit = async (scope: string): Promise<unknown[]> => {
    await using index = await TreeIndex.open({ root, store: place.store })
    await index.sync({ scope })
    await index.close()
    return await storedIn(place.store)
  }
  expect(await visit('a/b')).toEqual([])
  const [first] = await visit('')
  writeFileSync(`${place.root}/a/0`, 'one of more than a hundred')
  expect(await visit('')).toEqual([first])
  for (let number = 0; number < 50; number += 1) writeFileSync(`${place.root}/a/${number}`, 'many')
  expect(await visit('')).not.toEqual([first])
})

test('a tree that would be too large is not stored', async () => {
  await using place = await openPlace()
  const tree = new Tree()
  const signature = tree.table.read(tree.root.slot)
  const names = Array.from({ length: 400_000 }, (_, number) => String(number))
  const slots = names.map((name) => tree.add(tree.root, name, { kind: 'file', signature }))
  tree.root.setEntries(names, slots)
  const snapshots = snapshotsOf(tree, place.root, place.store)
  snapshots.saveSoon()
  await snapshots.close()
  expect(await storedIn(place.store)).toEqual([])
})

/** A directory to be indexed, and a store beside it. */
async function openPlace() {
  const directory = temporaryDirectory()
  const root = directory.join('root')
  writeTree(root, files)
  const cache = await PersistentCache.open({ directory: directory.join('cache') })
  const close = async (): Promise<void> => {
    await cache.close()
    directory[Symbol.dispose]()
  }
  return { path: directory.path, root, store: cache.namespace('tree'), [Symbol.asyncDispose]: close }
}

async function storedIn(store: CacheStore): Promise<unknown[]> {
  const stored: unknown[] = []
  for await (const key of store.keys()) stored.push(await store.get(key))
  return stored
}
