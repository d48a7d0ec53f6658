import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { seededRandom, type SeededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { SearchCache } from '../src/search-cache.js'
import type { FindQuery, GrepQuery } from '../src/search-query.js'
import { searchBench, type SearchProcess } from './support/search-bench.js'

const DIRECTORIES = ['', 'a', 'a/b', 'c', '.git', 'a/build']
const NAMES = ['x.txt', 'y.log', 'z', '.gitignore', '.ignore']
const TEXTS = [
  'needle 1\n',
  'needle 2\n',
  'nothing \n',
  'x\nneedle\n',
  '*.log\n',
  'build/\n',
  '!y.log\n',
  'needle\0\n',
  '',
]
const QUERIES: readonly (GrepQuery | FindQuery)[] = [
  { operation: 'grep', pattern: 'needle', scope: '' },
  { operation: 'grep', pattern: 'needle', scope: 'a' },
  { operation: 'grep', pattern: 'needle', scope: 'a/b', options: { before: 1 } },
  { operation: 'grep', pattern: 'need', scope: '', options: { mode: 'count', globs: ['*.txt', '!c'] } },
  { operation: 'grep', pattern: '.', scope: '', options: { mode: 'files', includeIgnored: true } },
  { operation: 'find', pattern: '*', scope: '' },
  { operation: 'find', pattern: '*.*', scope: 'a', options: { type: 'file', maxDepth: 2 } },
]

test.each([1, 2, 3])(
  'grep() and find() answer as if nothing was stored, whatever is done to the files (seed %i)',
  async (seed) => {
    const random = seededRandom(seed)
    using bench = searchBench({ 'a/b/x.txt': 'needle\n', 'c/': '' })
    let searcher = await bench.open()
    const outcomes: string[] = []
    const differing: unknown[] = []
    try {
      for (let step = 0; step < 60; step++) {
        for (let count = random.integer(0, 2); count > 0; count--) operate((path) => bench.join(path), random)
        if (random.next() < 0.08) {
          await searcher[Symbol.asyncDispose]()
          searcher = await bench.open()
        }
        const fresh = new SearchCache({ root: searcher.root, index: searcher.index })
        for (const query of [random.pick(QUERIES), random.pick(QUERIES)]) {
          const cached = await answer(searcher.cache, query)
          const expected = await answer(fresh, query)
          outcomes.push(cached.outcome)
          if (cached.text !== expected.text) differing.push({ step, query, cached, expected })
        }
      }
    } finally {
      await searcher[Symbol.asyncDispose]()
    }
    expect(differing).toEqual([])
    expect(outcomes.filter((outcome) => outcome !== 'miss').length).toBeGreaterThan(outcomes.length / 4)
  },
)

async function answer(
  cache: SearchProcess['cache'],
  query: GrepQuery | FindQuery,
): Promise<{ text: string; outcome: string }> {
  try {
    const { cache: report, ...rest } = query.operation === 'grep' ? await cache.grep(query) : await cache.find(query)
    return { text: JSON.stringify(rest), outcome: report.outcome }
  } catch (error) {
    return { text: String(error), outcome: 'failed' }
  }
}

/** One change; those that are impossible at the moment change nothing. */
function operate(at: (path: string) => string, random: SeededRandom): void {
  const directory = random.pick(DIRECTORIES)
  const path = at(`${directory}/${random.pick(NAMES)}`)
  const other = at(`${random.pick(DIRECTORIES)}/${random.pick(NAMES)}`)
  const operations = [
    () => writeFileSync(path, random.pick(TEXTS)),
    () => appendFileSync(path, random.pick(TEXTS)),
    () => rewriteUnseen(path, random),
    () => rmSync(path, { recursive: true }),
    () => renameSync(path, other),
    () => linkSync(path, other),
    // Later operations write through the links, so none may lead to what is not ours.
    () => symlinkSync(random.pick(['x.txt', '../c', at('../outside.txt')]), other),
    () => chmodSync(path, random.pick([0o644, 0o600])),
    () => mkdirSync(at(directory), { recursive: true }),
    () => mkdirSync(at(directory), { recursive: true }),
    () => rmSync(at(random.pick(['a/b', 'c', '.git', 'a/build'])), { recursive: true }),
    () => renameSync(at('a/b'), at('c/moved')),
    () => renameSync(at('c'), at('a/build')),
  ]
  try {
    random.pick(operations)()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** Keeps size and mtime. */
function rewriteUnseen(path: string, random: SeededRandom): void {
  const { size, atime, mtime } = statSync(path)
  writeFileSync(path, `needle ${random.integer(0, 9)}`.padEnd(size, '\n').slice(0, size))
  utimesSync(path, atime, mtime)
}
