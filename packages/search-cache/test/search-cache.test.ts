import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { GrepResult } from '../src/search-result.js'
import { laterClock, searchBench } from './support/search-bench.js'

const TREE = {
  'a.txt': 'one needle\nnothing\n',
  'sub/b.txt': 'x\ny needle z\n',
  'sub/c.txt': 'nothing here\n',
  '.hidden': 'needle in a hidden file\n',
}

test('grep() answers with lines, sorted by path, and executes the first time', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const result = await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: '' })
  expect(result).toEqual({
    files: [
      { path: '.hidden', count: 1, matches: [{ line: 1, text: 'needle in a hidden file', kind: 'match' }] },
      { path: 'a.txt', count: 1, matches: [{ line: 1, text: 'one needle', kind: 'match' }] },
      { path: 'sub/b.txt', count: 1, matches: [{ line: 2, text: 'y needle z', kind: 'match' }] },
    ],
    totalMatches: 3,
    skipped: { unreadable: [], binary: 0 },
    cache: { outcome: 'miss', tier: null, verifiedBy: null, ageSeconds: null },
  })
})

test('grep() answers an equivalent query from the store without running the engine', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  await using process = await bench.open({ clock })
  const { cache, engine } = process
  const first = await cache.grep({ operation: 'grep', pattern: 'needle', scope: 'sub' })
  clock.advance(2000)
  const second = await cache.grep({
    operation: 'grep',
    pattern: 'needle',
    scope: './sub/../sub/',
    options: { globs: [], before: 0 },
  })
  expect(second.files).toEqual(first.files)
  expect(second.cache).toEqual({ outcome: 'hit', tier: 'memory', verifiedBy: 'scan', ageSeconds: 2 })
  expect(engine.runs).toHaveLength(1)
  expect(cache.stats()).toEqual({ hits: 1, misses: 1, repaired: 0, stale: 0 })
})

test('grep() keeps "no match" as a result', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const query = { operation: 'grep', pattern: 'absent', scope: '' } as const
  expect((await process.cache.grep(query)).cache.outcome).toBe('miss')
  const again = await process.cache.grep(query)
  expect([again.cache.outcome, again.files]).toEqual(['hit', []])
})

test('grep() searches only what changed, was added or was removed', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const { cache, engine } = process
  const query = { operation: 'grep', pattern: 'needle', scope: '' } as const
  await cache.grep(query)
  writeFileSync(bench.join('sub/c.txt'), 'now a needle\n')
  rmSync(bench.join('a.txt'))
  writeFileSync(bench.join('sub/new.txt'), 'new needle\n')
  const repaired = await cache.grep(query)
  expect(repaired.cache.outcome).toBe('repaired')
  expect(summary(repaired)).toEqual(['.hidden:1', 'sub/b.txt:2', 'sub/c.txt:1', 'sub/new.txt:1'])
  expect(engine.runs.slice(1)).toEqual([['sub/c.txt', 'sub/new.txt']])
  expect((await cache.grep(query)).cache.outcome).toBe('hit')
})

test('grep() follows a renamed directory', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const query = { operation: 'grep', pattern: 'needle', scope: '' } as const
  await process.cache.grep(query)
  renameSync(bench.join('sub'), bench.join('moved'))
  expect(summary(await process.cache.grep(query))).toEqual(['.hidden:1', 'a.txt:1', 'moved/b.txt:2'])
})

test('grep() answers from the store after a restart, and repairs what changed in between', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  const query = { operation: 'grep', pattern: 'needle', scope: '' } as const
  {
    await using process = await bench.open({ clock })
    await process.cache.grep(query)
  }
  {
    await using process = await bench.open({ clock })
    const hit = await process.cache.grep(query)
    expect([hit.cache.outcome, hit.cache.tier, process.engine.runs.length]).toEqual(['hit', 'disk', 0])
  }
  writeFileSync(bench.join('sub/b.txt'), 'gone\n')
  renameSync(bench.join('a.txt'), bench.join('sub/a.txt'))
  await using process = await bench.open({ clock })
  const repaired = await process.cache.grep(query)
  expect(repaired.cache.outcome).toBe('repaired')
  expect(summary(repaired)).toEqual(['.hidden:1', 'sub/a.txt:1'])
  expect(process.engine.runs).toEqual([['sub/a.txt', 'sub/b.txt']])
})

test('grep() searches everything again when the time to live is over', async () => {
  using bench = searchBench(TREE)
  const clock = laterClock()
  await using process = await bench.open({ clock, ttlSeconds: 10 })
  const query = { operation: 'grep', pattern: 'needle', scope: '' } as const
  await process.cache.grep(query)
  clock.advance(6000)
  writeFileSync(bench.join('a.txt'), 'changed\n')
  expect((await process.cache.grep(query)).cache.outcome).toBe('repaired')
  clock.advance(6000)
  expect((await process.cache.grep(query)).cache.outcome).toBe('miss')
})

test('grep() in one file works for a file that is ignored', async () => {
  using bench = searchBench({ ...TREE, '.gitignore': '*.log\n', 'x.log': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const everything = await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: 'sub/..' })
  expect(summary(everything)).not.toContain('x.log:1')
  const query = { operation: 'grep', pattern: 'needle', scope: 'x.log' } as const
  expect(summary(await process.cache.grep(query))).toEqual(['x.log:1'])
  expect((await process.cache.grep(query)).cache.outcome).toBe('hit')
  writeFileSync(bench.join('x.log'), 'a\nneedle\n')
  const repaired = await process.cache.grep(query)
  expect([repaired.cache.outcome, summary(repaired)]).toEqual(['repaired', ['x.log:2']])
})

test('grep() without a store executes every time', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const { SearchCache } = await import('../src/search-cache.js')
  const cache = new SearchCache({ root: process.root, index: process.index, engine: process.engine })
  for (let round = 0; round < 2; round++) {
    const result = await cache.grep({ operation: 'grep', pattern: 'needle', scope: '' })
    expect([result.cache.outcome, result.totalMatches]).toEqual(['bypass', 3])
  }
  expect(process.engine.runs).toHaveLength(2)
})

test('invalidateScope() drops entries at, below and above a path, and counts them', async () => {
  using bench = searchBench({ ...TREE, 'subway/d.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const { cache } = process
  for (const scope of ['', 'sub', 'sub/b.txt', 'subway'])
    await cache.grep({ operation: 'grep', pattern: 'needle', scope })
  expect(await cache.invalidateScope('sub')).toBe(3)
  const outcome = async (scope: string): Promise<string> =>
    (await cache.grep({ operation: 'grep', pattern: 'needle', scope })).cache.outcome
  expect(await outcome('subway')).toBe('hit')
  expect(await outcome('sub/b.txt')).not.toBe('hit')
})

function summary(result: GrepResult): string[] {
  return result.files.flatMap((file) => file.matches.map((match) => `${file.path}:${match.line}`))
}

test('grep() still answers from the store when only what takes no part has changed', async () => {
  using bench = searchBench({ ...TREE, '.gitignore': '*.log\n', 'x.log': 'needle\n', '.git/HEAD': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const query = { operation: 'grep', pattern: 'needle', scope: '' } as const
  const first = await process.cache.grep(query)
  writeFileSync(bench.join('x.log'), 'needle needle\n')
  rmSync(bench.join('.git'), { recursive: true })
  const second = await process.cache.grep(query)
  expect([second.cache.outcome, second.files]).toEqual(['hit', first.files])
  expect(process.engine.runs).toHaveLength(1)
})
