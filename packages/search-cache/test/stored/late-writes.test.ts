import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CacheStore } from '@fsagent/cache-core'
import { expect, test } from 'vitest'
import { LateWrites } from '../../src/stored/late-writes.js'
import { laterClock, searchBench } from '../support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'needle', scope: '' } as const
const FILES = Array.from({ length: 40 }, (_, index) => `folder-${index}/inner/file.txt`)
const TREE = Object.fromEntries(FILES.map((path) => [path, 'needle\n']))
const KILLED = fileURLToPath(new URL('../fixtures/killed-after-answer.mjs', import.meta.url))

test.for(['this', 'another'] as const)('what %s process clears after an answer stays cleared', async (who) => {
  using bench = searchBench(TREE)
  await using owner = await bench.open()
  await using follower = await bench.open()
  await owner.cache.grep(QUERY)
  for (const path of FILES) writeFileSync(bench.join(path), 'another needle\n')
  expect((await owner.cache.grep(QUERY)).cache.outcome).toBe('repaired')
  await (who === 'this' ? owner : follower).store.namespace('search').clear()
  await owner.cache.settle()
  expect(await keysOf(owner.store.namespace('search'))).toEqual([])
  expect((await owner.cache.grep(QUERY)).cache.outcome).toBe('miss')
})

test('what is invalidated after an answer stays invalidated', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open()
  await process.cache.grep(QUERY)
  writeFileSync(bench.join(FILES[0] ?? ''), 'another needle\n')
  await process.cache.grep(QUERY)
  expect(await process.cache.invalidateScope('')).toBe(1)
  expect((await process.cache.grep(QUERY)).cache.outcome).toBe('miss')
})

test('a later process has what was answered just before the store was closed', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  {
    await using process = await bench.open({ clock })
    await process.cache.grep(QUERY)
    writeFileSync(bench.join(FILES[0] ?? ''), 'nothing\n')
    expect((await process.cache.grep(QUERY)).cache.outcome).toBe('repaired')
  }
  await using process = await bench.open({ clock })
  const { files, cache } = await process.cache.grep(QUERY)
  expect([files.length, cache.outcome]).toEqual([FILES.length - 1, 'hit'])
})

test('a process that is killed right after an answer leaves nothing that is wrong', async () => {
  using bench = searchBench(TREE)
  const { signal, stdout } = spawnSync(process.execPath, [KILLED, bench.rootPath, bench.join('../cache')])
  expect([signal, String(stdout)]).toEqual(['SIGKILL', 'repaired\n'])
  await using later = await bench.open()
  const { files } = await later.cache.grep(QUERY)
  expect(files.map(({ path }) => path)).not.toContain('folder-1/inner/file.txt')
  expect(files.find(({ path }) => path === 'folder-0/inner/file.txt')?.matches[0]?.text).toBe('another needle')
  expect(files).toHaveLength(FILES.length - 1)
})

test('letGo() waits for writes only when very much waits, or when another process has the store', async () => {
  using bench = searchBench({})
  await using owner = await bench.open()
  await using follower = await bench.open()
  const [own, foreign] = [new LateWrites(owner.store), new LateWrites(follower.store)]
  const [few, many, sent] = [heldWrite(1000), heldWrite(100_000_000), heldWrite(1000)]
  const done: string[] = []
  await own.letGo(few)
  const waiting = [
    own.letGo(many).then(() => done.push('many')),
    foreign.letGo(sent).then(() => done.push('sent')),
    own.settled().then(() => done.push('settled')),
  ]
  await new Promise((resolve) => setImmediate(resolve))
  expect(done).toEqual([])
  for (const { finish } of [many, few, sent]) finish()
  await Promise.all(waiting)
  expect(done.toSorted()).toEqual(['many', 'sent', 'settled'])
})

test('settled() resolves after a write that failed', async () => {
  using bench = searchBench({})
  await using owner = await bench.open()
  const writes = new LateWrites(owner.store)
  await writes.letGo({ written: Promise.reject(new Error('no')), bytes: 1 })
  await writes.settled()
})

function heldWrite(bytes: number): { written: Promise<unknown>; bytes: number; finish: () => void } {
  let finish = (): void => {}
  const written = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { written, bytes, finish }
}

async function keysOf(store: CacheStore): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys()) keys.push(key)
  return keys
}
