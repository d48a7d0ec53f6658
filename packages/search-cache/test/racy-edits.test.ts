import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { mountedFileSystem } from '@fsagent/testing'
import { DataRoot, TreeIndex } from '@fsagent/file-state'
import { PersistentCache } from '@fsagent/cache-core'
import { expect, test } from 'vitest'
import { SearchCache } from '../src/search-cache.js'
import { searchBench } from './support/search-bench.js'

/** Rewrites a file with the same size and puts its mtime back, right after it was searched. */
async function countOldAnswers(cache: SearchCache, path: string, rounds: number): Promise<number> {
  let old = 0
  writeFileSync(path, `word ${'0'.repeat(6)}\n`)
  const { atime, mtime } = statSync(path)
  for (let round = 1; round <= rounds; round++) {
    await cache.grep({ operation: 'grep', pattern: 'word', scope: '' })
    const text = `word ${String(round).padStart(6, '0')}`
    writeFileSync(path, `${text}\n`)
    utimesSync(path, atime, mtime)
    const { files } = await cache.grep({ operation: 'grep', pattern: 'word', scope: '' })
    if (files[0]?.matches[0]?.text !== text) old++
  }
  return old
}

test('grep() never answers with old text after a rewrite of the same size with its mtime put back', async () => {
  using bench = searchBench({ 'a.txt': 'word', 'b.txt': 'other' })
  await using process = await bench.open()
  expect(await countOldAnswers(process.cache, bench.join('a.txt'), 200)).toBe(0)
})

test.for(['ramfs', 'ext4-128'] as const)('grep() never answers with old text on %s', async (kind, { skip }) => {
  using mounted = mountedFileSystem(kind)
  if (!mounted.mounted) {
    skip(mounted.reason)
    return
  }
  using bench = searchBench({})
  const root = await DataRoot.open(mounted.path)
  await using index = await TreeIndex.open({ root })
  await using store = await PersistentCache.open({ directory: bench.join('cache') })
  const cache = new SearchCache({ root, index, store: store.namespace('search') })
  expect(await countOldAnswers(cache, `${mounted.path}/a.txt`, 50)).toBe(0)
})

test('grep() searches a file again that was written just before, and says that this changed nothing', async () => {
  using bench = searchBench({ 'old.txt': 'word' })
  await using process = await bench.open()
  writeFileSync(bench.join('new.txt'), 'word')
  const query = { operation: 'grep', pattern: 'word', scope: '' } as const
  await process.cache.grep(query)
  const { cache } = await process.cache.grep(query)
  expect(cache.outcome).toBe('confirmed')
  expect(process.engine.runs.at(-1)).toContain('new.txt')
})
