import { linkSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { FakeClock, mountedFileSystem } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { searchBench } from './support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'word', scope: '' } as const

test('grep() does not search a file again that was written just before, as long as it watches', async () => {
  using bench = searchBench({ 'old.txt': 'word\n' })
  await using process = await bench.open({ freshness: 'watch' })
  writeFileSync(bench.join('new.txt'), 'word\n')
  await process.cache.grep(QUERY)
  const { cache } = await process.cache.grep(QUERY)
  expect([cache.outcome, cache.verifiedBy, process.engine.runs.length]).toEqual(['hit', 'watch', 1])
})

test('grep() searches a file with a second name again, though it watches', async () => {
  using bench = searchBench({ 'a.txt': 'word\n' })
  await using process = await bench.open({ freshness: 'watch' })
  // As late as possible: on a busy machine the stamp would be old by the first search.
  linkSync(bench.join('a.txt'), `${bench.rootPath}-outside`)
  await process.cache.grep(QUERY)
  expect((await process.cache.grep(QUERY)).cache.outcome).toBe('confirmed')
})

test.for(['scan', 'watch'] as const)(
  'what timestamps cannot show is seen by a later process in %s mode',
  async (later, context) => {
    using mounted = mountedFileSystem('ext4-128')
    if (!mounted.mounted) return context.skip(mounted.reason)
    using bench = searchBench({})
    const path = `${mounted.path}/a.txt`
    let text = 'word 0000'
    const rewrite = (round: number): void => {
      const { atime, mtime } = statSync(path)
      text = `word ${String(round).padStart(4, '0')}`
      writeFileSync(path, `${text}\n`)
      utimesSync(path, atime, mtime)
    }
    writeFileSync(path, `${text}\n`)
    for (let round = 0; round < 5; round++) {
      await using first = await bench.open({ freshness: 'watch', rootPath: mounted.path })
      for (let step = 1; step <= 20; step++) {
        const { files } = await first.cache.grep(QUERY)
        expect(files[0]?.matches[0]?.text).toBe(text)
        rewrite(round * 100 + step)
      }
      await first.cache.grep(QUERY)
      rewrite(round * 100 + 99)
      await using second = await bench.open({ freshness: later, rootPath: mounted.path })
      expect((await second.cache.grep(QUERY)).files[0]?.matches[0]?.text).toBe(text)
    }
  },
)

test('once timestamps have moved on, what only events vouched for is proved by signatures to later processes too', async () => {
  using bench = searchBench({})
  const clock = new FakeClock(Date.now())
  writeFileSync(bench.join('a.txt'), 'word\n')
  {
    await using process = await bench.open({ clock, freshness: 'watch' })
    await process.cache.grep(QUERY)
    clock.advance(10_000)
    expect((await process.cache.grep(QUERY)).cache.outcome).toBe('hit')
  }
  await using process = await bench.open({ clock })
  expect((await process.cache.grep(QUERY)).cache.outcome).toBe('hit')
  expect(process.engine.runs).toEqual([])
})
