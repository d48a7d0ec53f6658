import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { laterClock, searchBench, type SearchBench, type SearchProcess } from './support/search-bench.js'

const TREE = { 'a/one.txt': 'needle\n', 'a/b/two.txt': 'needle\n' }

async function answers({ cache }: SearchProcess): Promise<string[][]> {
  const grep = await cache.grep({ operation: 'grep', pattern: 'needle', scope: 'a' })
  const find = await cache.find({ operation: 'find', pattern: '*', scope: 'a' })
  return [grep.files.map(({ path }) => path), find.entries.map(({ path }) => path)]
}

function replaceByFile(bench: SearchBench): void {
  rmSync(bench.join('a'), { recursive: true })
  writeFileSync(bench.join('a'), 'needle\n')
}

test('grep() and find() forget what lay below a scope that is a file after a restart', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  {
    await using process = await bench.open({ clock })
    await answers(process)
  }
  replaceByFile(bench)
  await using process = await bench.open({ clock })
  expect(await answers(process)).toEqual([['a'], ['a']])
})

test('grep() and find() forget what a wider answer said below a scope that is a file now', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: '' })
  await process.cache.find({ operation: 'find', pattern: '*', scope: '' })
  replaceByFile(bench)
  expect(await answers(process)).toEqual([['a'], ['a']])
})
