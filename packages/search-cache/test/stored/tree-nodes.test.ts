import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { CacheStore } from '@fsagent/cache-core'
import { expect, test } from 'vitest'
import { laterClock, searchBench } from '../support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'needle', scope: '' } as const
const TREE = { 'a/b/one.txt': 'needle\n', 'a/two.txt': 'needle\n', 'c/three.txt': 'needle\n', 'd/e/f/g.txt': 'x\n' }

test('difference() finds a file that became a directory and the reverse', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  {
    await using process = await bench.open({ clock })
    await process.cache.grep(QUERY)
  }
  rmSync(bench.join('a/two.txt'))
  mkdirSync(bench.join('a/two.txt/deep'), { recursive: true })
  writeFileSync(bench.join('a/two.txt/deep/x'), 'needle\n')
  rmSync(bench.join('c'), { recursive: true })
  writeFileSync(bench.join('c'), 'needle\n')
  await using process = await bench.open({ clock })
  const { cache, files } = await process.cache.grep(QUERY)
  expect([cache.outcome, ...files.map((file) => file.path)]).toEqual([
    'repaired',
    'a/b/one.txt',
    'a/two.txt/deep/x',
    'c',
  ])
  expect(process.engine.runs).toEqual([['a/two.txt/deep/x', 'c']])
})

test('difference() gives up when a directory is not stored any more, and the next search stores it again', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  {
    await using process = await bench.open({ clock })
    await process.cache.grep(QUERY)
    const store = process.store.namespace('search')
    await store.deleteMany(await keysOf(store, 'node/'))
  }
  writeFileSync(bench.join('a/two.txt'), 'changed\n')
  {
    await using process = await bench.open({ clock })
    expect((await process.cache.grep(QUERY)).cache.outcome).toBe('miss')
    expect(process.cache.stats()).toMatchObject({ misses: 1, stale: 1 })
  }
  writeFileSync(bench.join('a/two.txt'), 'needle again\n')
  await using process = await bench.open({ clock })
  expect((await process.cache.grep(QUERY)).cache.outcome).toBe('repaired')
})

test('remember() stores only directories that changed', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const store = process.store.namespace('search')
  const count = async (): Promise<number> => (await keysOf(store, 'node/')).length
  await process.cache.grep(QUERY)
  expect(await count()).toBe(7)
  await process.cache.grep({ ...QUERY, pattern: 'other' })
  expect(await count()).toBe(7)
  writeFileSync(bench.join('d/e/f/g.txt'), 'needle\n')
  await process.cache.grep(QUERY)
  expect(await count()).toBe(11)
})

test('find() sees an unknown format version and a foreign query as a miss', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const store = process.store.namespace('search')
  await process.cache.grep(QUERY)
  const [key = ''] = await keysOf(store, 'search/')
  const entry = await store.get<Record<string, unknown>>(key)
  for (const change of [{ version: 1 }, { query: '{}' }, { createdAtMs: Number.MAX_SAFE_INTEGER }]) {
    await store.set(key, { ...entry, ...change })
    expect((await process.cache.grep(QUERY)).cache.outcome).toBe('miss')
  }
})

async function keysOf(store: CacheStore, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys({ prefix })) keys.push(key)
  return keys
}
