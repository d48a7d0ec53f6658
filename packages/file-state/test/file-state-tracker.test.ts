import { createHash } from 'node:crypto'
import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { PersistentCache } from '@fsagent/cache-core'
import { FakeClock, temporaryDirectory, type TemporaryDirectory } from '@fsagent/testing'
import { describe, expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { FileStateTracker } from '../src/file-state-tracker.js'
import { mountOrSkip } from './support.js'

describe.each(['memory', 'store'] as const)('with states in %s', (kind) => {
  test('getState() gives signature and hash, and isStale() is true until a state was taken', async () => {
    await using bench = await makeBench(kind)
    expect(await bench.tracker.isStale('file')).toBe(true)
    const state = await bench.tracker.getState('file')
    expect(state).toEqual({
      signature: bench.root.stat('file').signature,
      racy: false,
      contentHash: createHash('sha256').update('first').digest('hex'),
    })
    expect(await bench.tracker.isStale('file')).toBe(false)
  })

  test('isStale() is true after a change until updateState()', async () => {
    await using bench = await makeBench(kind)
    const before = await bench.tracker.updateState('file')
    writeFileSync(bench.path, 'other')
    expect([await bench.tracker.isStale('file'), await bench.tracker.isStale('file')]).toEqual([true, true])
    const after = await bench.tracker.updateState('file')
    expect(after.contentHash).not.toBe(before.contentHash)
    expect(await bench.tracker.isStale('file')).toBe(false)
  })

  test('getState() notices a change by itself', async () => {
    await using bench = await makeBench(kind)
    await bench.tracker.getState('file')
    writeFileSync(bench.path, 'other content')
    const { contentHash } = await bench.tracker.getState('file')
    expect(contentHash).toBe(createHash('sha256').update('other content').digest('hex'))
  })

  test('isStale() is false for a file that was only touched, and renews its state', async () => {
    await using bench = await makeBench(kind)
    await bench.tracker.updateState('file')
    utimesSync(bench.path, 5, 5)
    expect(await bench.tracker.isStale('file')).toBe(false)
    expect((await bench.tracker.getState('file')).signature.mtimeNs).toBe(5_000_000_000n)
  })

  test('isStale() compares hashes while the signature is racy', async () => {
    await using bench = await makeBench(kind)
    bench.clock.setWall(Date.now() - 60_000)
    expect((await bench.tracker.updateState('file')).racy).toBe(true)
    expect(await bench.tracker.isStale('file')).toBe(false)
    writeFileSync(bench.path, 'other')
    expect(await bench.tracker.isStale('file')).toBe(true)
  })

  test('a missing file is stale, and has no state', async () => {
    await using bench = await makeBench(kind)
    await bench.tracker.updateState('file')
    rmSync(bench.path)
    expect(await bench.tracker.isStale('file')).toBe(true)
    await expect(bench.tracker.getState('file')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})

test('states outlive the tracker in a store, and a record of another format is no state', async () => {
  await using bench = await makeBench('store')
  await bench.tracker.updateState('file')
  const later = new FileStateTracker({ root: bench.root, ...(bench.cache && { store: bench.cache }) })
  expect(await later.isStale('file')).toBe(false)
  await bench.cache?.set('state:file', { format: 2, signature: 'other' })
  expect(await later.isStale('file')).toBe(true)
  expect((await later.getState('file')).contentHash).toHaveLength(64)
})

test('a change that does not show in the signature is noticed by its content', async (context) => {
  using mount = mountOrSkip('ext4-128', context)
  using root = await DataRoot.open(mount.path)
  const tracker = new FileStateTracker({ root })
  const file = `${mount.path}/file`
  writeFileSync(file, 'content-00')
  let sameSignature = 0
  for (let round = 10; round < 30; round += 1) {
    const before = await tracker.updateState('file')
    writeFileSync(file, `content-${round}`)
    if (root.proveSync('file', before.signature)) sameSignature += 1
    expect(await tracker.isStale('file')).toBe(true)
    const { contentHash } = await tracker.getState('file')
    expect(contentHash).toBe(createHash('sha256').update(`content-${round}`).digest('hex'))
  }
  expect(sameSignature).toBeGreaterThan(10)
})

interface Bench extends AsyncDisposable {
  readonly directory: TemporaryDirectory
  readonly path: string
  readonly root: DataRoot
  readonly clock: FakeClock
  readonly cache: PersistentCache | undefined
  readonly tracker: FileStateTracker
}

/** A file that is old enough by the bench's clock, and a tracker of it. */
async function makeBench(kind: 'memory' | 'store'): Promise<Bench> {
  const directory = temporaryDirectory()
  const clock = new FakeClock(Date.now() + 60_000)
  const root = await DataRoot.open(directory.path, { clock })
  const cache = kind === 'store' ? await PersistentCache.open({ directory: directory.join('cache') }) : undefined
  writeFileSync(directory.join('file'), 'first')
  return {
    directory,
    path: directory.join('file'),
    root,
    clock,
    cache,
    tracker: new FileStateTracker({ root, ...(cache !== undefined && { store: cache }) }),
    [Symbol.asyncDispose]: async () => {
      await cache?.close()
      root.close()
      directory[Symbol.dispose]()
    },
  }
}
