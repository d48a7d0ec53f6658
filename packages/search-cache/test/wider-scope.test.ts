import { appendFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { FindOptions, GrepOptions } from '../src/search-query.js'
import { laterClock, searchBench, type SearchProcess } from './support/search-bench.js'

const TREE = {
  '.gitignore': '*.log\nsecret/\n',
  'needle.txt': 'needle\n',
  'a/one.txt': 'needle\n',
  'a/b/two.txt': 'x\nneedle\n',
  'a/b/two.log': 'needle\n',
  'a/c/three.txt': 'nothing\n',
  'secret/four.txt': 'needle\n',
  '.git/five.txt': 'needle\n',
}

async function grep(process: SearchProcess, scope: string, options: GrepOptions = {}): Promise<string[]> {
  const { files, cache } = await process.cache.grep({ operation: 'grep', pattern: 'needle', scope, options })
  return [cache.outcome, ...files.map((file) => file.path)]
}

async function find(process: SearchProcess, scope: string, options: FindOptions = {}): Promise<string[]> {
  const { entries, cache } = await process.cache.find({ operation: 'find', pattern: '*', scope, options })
  return [cache.outcome, ...entries.map((entry) => entry.path)]
}

test('grep() takes the answer for a narrower scope out of a wider one', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  await grep(process, '')
  expect(await grep(process, 'a')).toEqual(['hit', 'a/b/two.txt', 'a/one.txt'])
  expect(await grep(process, 'a/b/two.txt')).toEqual(['hit', 'a/b/two.txt'])
  expect(await grep(process, 'a/c')).toEqual(['hit'])
  expect(process.engine.runs).toHaveLength(1)
})

test('grep() repairs what it takes out of a wider answer, also after a restart', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  {
    await using process = await bench.open({ clock })
    await grep(process, '')
  }
  writeFileSync(bench.join('a/c/new.txt'), 'a needle\n')
  writeFileSync(bench.join('needle.txt'), 'changed\n')
  await using process = await bench.open({ clock })
  expect(await grep(process, 'a')).toEqual(['repaired', 'a/b/two.txt', 'a/c/new.txt', 'a/one.txt'])
  expect(process.engine.runs).toEqual([['a/c/new.txt']])
  expect(await grep(process, 'a')).toEqual(['hit', 'a/b/two.txt', 'a/c/new.txt', 'a/one.txt'])
})

test('grep() searches a narrower scope itself where the wider search did not look', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  await grep(process, '')
  expect(await grep(process, 'secret')).toEqual(['miss', 'secret/four.txt'])
  expect(await grep(process, '.git')).toEqual(['miss', '.git/five.txt'])
  expect(await grep(process, 'a/b/two.log')).toEqual(['miss', 'a/b/two.log'])
})

test('grep() searches a narrower scope itself when an ignore file on the way to it changed', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  await grep(process, '')
  appendFileSync(bench.join('.gitignore'), 'two.*\n')
  expect(await grep(process, 'a/b')).toEqual(['miss'])
  await grep(process, 'a')
  writeFileSync(bench.join('a/.ignore'), '!two.*\n')
  expect(await grep(process, 'a/b')).toEqual(['miss', 'a/b/two.log', 'a/b/two.txt'])
})

test('grep() does not narrow a query whose globs speak of places', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  expect(await grep(process, '', { globs: ['/*.txt'] })).toEqual(['miss', 'needle.txt'])
  expect(await grep(process, 'a', { globs: ['/*.txt'] })).toEqual(['miss', 'a/one.txt'])
  expect(await grep(process, '', { globs: ['*.txt'] })).toEqual(['miss', 'a/b/two.txt', 'a/one.txt', 'needle.txt'])
  expect(await grep(process, 'a', { globs: ['*.txt'] })).toEqual(['hit', 'a/b/two.txt', 'a/one.txt'])
})

test('find() takes the answer for a narrower scope out of a wider one, without the scope itself', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  await find(process, '', { includeIgnored: true })
  expect(await find(process, 'a/b', { includeIgnored: true })).toEqual(['hit', 'a/b/two.log', 'a/b/two.txt'])
  expect(await find(process, 'a', { includeIgnored: true, maxDepth: 1 })).toEqual(['miss', 'a/b', 'a/c', 'a/one.txt'])
  expect(await find(process, 'a/one.txt', { includeIgnored: true })).toEqual(['hit', 'a/one.txt'])
})
