import { symlinkSync, writeFileSync } from 'node:fs'
import type { TreeDescription } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { RipgrepEngine } from '../src/engine/ripgrep-engine.js'
import type { EngineQuery, EngineReport, EngineTarget, SearchEngine } from '../src/engine/search-engine.js'
import { SearchCache } from '../src/search-cache.js'
import { laterClock, searchBench } from './support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'word', scope: '' } as const

/** More files than are handed over one by one. */
function manyFiles(directory: string): TreeDescription {
  return Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`${directory}/f${index}`, 'word\n']))
}

test('grep() names directories to the engine instead of their files where everything in them is searched', async () => {
  using bench = searchBench({ ...manyFiles('a/b'), ...manyFiles('c'), 'd/one': 'word\n', 'd/two.log': 'word\n' })
  writeFileSync(bench.join('d/.gitignore'), '*.log\n')
  await using process = await bench.open({ clock: laterClock() })
  const { files } = await process.cache.grep(QUERY)
  expect(process.engine.runs.map((paths) => [...paths].sort())).toEqual([['a', 'c', 'd/.gitignore', 'd/one']])
  expect(files.map(({ path }) => path)).toHaveLength(141)
  expect(files.map(({ path }) => path)).not.toContain('d/two.log')
})

test.each(['content', 'count', 'files'] as const)(
  'whole directories hold what the index knows, mode %s',
  async (mode) => {
    using bench = searchBench({
      ...manyFiles('a'),
      'a/.git/config': 'word\n',
      'a/.hidden': 'word\n',
      'a/line\nfeed': 'word\n',
      'a/binary': 'word\0\n',
      'a/late-binary': `word\n${'x'.repeat(100_000)}\0`,
      'a/cache/entry': 'word\n',
    })
    symlinkSync('f1', bench.join('a/link'))
    writeFileSync(Buffer.from([...Buffer.from(bench.join('a/bytes-')), 0xff]), 'word\n')
    await using process = await bench.open({ clock: laterClock(), exclude: ['a/cache'] })
    const { files, skipped } = await process.cache.grep({ ...QUERY, options: { mode } })
    const paths = files.map(({ path }) => path)
    expect(paths).toHaveLength(73)
    expect(paths).toEqual(expect.arrayContaining(['a/.hidden', 'a/line\nfeed', 'a/bytes-\uDCFF']))
    expect(skipped.binary).toBe(2)
  },
)

test('grep() names every file when the engine could not list a directory', async () => {
  using bench = searchBench(manyFiles('a'))
  await using process = await bench.open({ clock: laterClock() })
  const engine = new BlindEngine()
  const { files } = await new SearchCache({ root: process.root, index: process.index, engine }).grep(QUERY)
  expect(files).toHaveLength(70)
  expect(engine.listed).toEqual([true, false])
})

/** ripgrep, as if a directory was closed to it and opened again. */
class BlindEngine implements SearchEngine {
  readonly listed: boolean[] = []

  async search(query: EngineQuery, target: EngineTarget, signal?: AbortSignal): Promise<EngineReport> {
    const isWhole = target.by === 'path' && target.whole !== undefined
    this.listed.push(isWhole)
    if (isWhole) return { matches: new Map(), binary: [], unreadable: ['a'] }
    return new RipgrepEngine().search(query, target, signal)
  }
}
