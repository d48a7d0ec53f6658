import { execFileSync } from 'node:child_process'
import { renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { FindQuery, GrepQuery } from '../../src/search-query.js'
import { laterClock, searchBench, type SearchProcess } from '../support/search-bench.js'

const everything = { operation: 'grep', pattern: 'needle', scope: '' } as const
const direct = { oneShotPatienceMs: Infinity }
const stored = { oneShotPatienceMs: 0 }

const late = `needle first\n${'some text\n'.repeat(20_000)}\0\n`
const tree = {
  'a.txt': 'nothing\none needle\nthree\nneedle, needle\nfive\n',
  'bom.txt': '\uFEFFneedle at the mark\nneedle below it\n',
  'crlf.txt': 'x\r\na needle\r\n',
  'late.bin': late,
  'early.bin': '\0 needle\n',
  'unfinished.md': 'x\nneedle',
  '.hidden': 'x\nneedle\n',
  '.git/config': 'x\nneedle\n',
  'sub/deep/b.md': 'x\nneedle\n',
  'sub/.git/c.md': 'x\nneedle\n',
  'empty/': '',
  link: { link: 'sub' },
}
const ignoring = {
  ...tree,
  'ignored.txt': 'needle\n',
  '.gitignore': 'ignored.txt\nbuild/\n',
  'build/x.txt': 'needle\n',
  'sub/.ignore': 'deep/*\n!deep/b.md\n',
  'sub/deep/other.md': 'needle\n',
}
const nestedIgnoring = { ...tree, 'sub/deep/.gitignore': '*.md\n' }
const awkward = { ...tree, 'new\nline.txt': 'needle\n', 'dir\nline/x.txt': 'needle\n', '[x]{a}*': 'needle\n' }

const queries: readonly (GrepQuery | FindQuery)[] = [
  everything,
  { ...everything, scope: 'sub' },
  { ...everything, scope: 'sub/deep' },
  { ...everything, scope: 'link' },
  { ...everything, scope: 'a.txt' },
  { ...everything, scope: '.git' },
  { ...everything, pattern: 'absent' },
  { ...everything, options: { mode: 'files' } },
  { ...everything, options: { mode: 'count' } },
  { ...everything, options: { before: 1, after: 1 } },
  { ...everything, options: { includeIgnored: true, ignoreCase: true } },
  { ...everything, options: { globs: ['*.md', '!deep/**'] } },
  { ...everything, pattern: 'first\\n|text', options: { multiline: true } },
  { operation: 'find', pattern: '*', scope: '' },
  { operation: 'find', pattern: '*.md', scope: 'sub', options: { includeIgnored: true } },
  { operation: 'find', pattern: '*', scope: '', options: { maxDepth: 1 } },
  { operation: 'find', pattern: '*', scope: '', options: { type: 'file', minSize: 20 } },
]

/** To this clock every file was written long ago, so that the word of the engine is taken. */
const settled = (): object => ({ clock: laterClock(), ...direct })

test.each([
  { title: 'plain', files: tree, options: settled(), isIndexed: false },
  { title: 'just written', files: tree, options: direct, isIndexed: false },
  { title: 'ignoring', files: ignoring, options: settled(), isIndexed: false },
  { title: 'ignoring further down', files: nestedIgnoring, options: settled(), isIndexed: false },
  { title: 'partly left out', files: tree, options: { ...settled(), exclude: ['sub/deep'] }, isIndexed: true },
  { title: 'awkwardly named', files: awkward, options: settled(), isIndexed: true },
])(
  'a process that searches once answers as others do over a tree that is $title',
  async ({ title, files, options, isIndexed }) => {
    using bench = searchBench(files)
    if (title === 'awkwardly named') writeNameInLatin1(bench.join('sub'))
    await using ordinary = await bench.open({ ...options, oneShotPatienceMs: undefined })
    await using once = await bench.open(options)
    for (const query of queries)
      expect(await answerOf(once, query), JSON.stringify(query)).toEqual(await answerOf(ordinary, query))
    // The index is only asked where a look at the tree does not tell.
    expect(once.index.list('').length > 0).toBe(isIndexed)
  },
)

test.each([
  { ...everything, pattern: '(' },
  { ...everything, scope: 'absent' },
  { ...everything, scope: '../x' },
])('a process that searches once refuses what others refuse: $pattern in "$scope"', async (query) => {
  using bench = searchBench(tree)
  await using ordinary = await bench.open()
  await using once = await bench.open(direct)
  const refusal = await answerOf(ordinary, query)
  expect(refusal).toMatchObject({ code: expect.stringMatching(/^(SEARCH|PATH)_/) })
  expect(await answerOf(once, query)).toEqual(refusal)
})

test('settle() stores the answer for the next process, which repairs it after an edit', async () => {
  using bench = searchBench(ignoring)
  const clock = laterClock()
  const outcomes: string[] = []
  const ask = async (): Promise<number> => {
    await using process = await bench.open({ clock, ...stored })
    const { totalMatches, cache } = await process.cache.grep(everything)
    await process.cache.settle()
    outcomes.push(cache.outcome)
    return totalMatches
  }
  const first = await ask()
  expect(await ask()).toBe(first)
  writeFileSync(bench.join('empty/new.txt'), 'needle\n')
  expect(await ask()).toBe(first + 1)
  expect(outcomes).toEqual(['bypass', 'hit', 'repaired'])
})

test('what was stored by a process that searched once is searched again where it was written in the meantime', async () => {
  using bench = searchBench(tree)
  await using process = await bench.open(stored)
  const { totalMatches } = await process.cache.grep(everything)
  // The same size within the same moment, and before anybody looked at the file's signature.
  writeFileSync(bench.join('.hidden'), 'x\nnoodle\n')
  await process.cache.settle()
  await using next = await bench.open()
  expect((await next.cache.grep(everything)).totalMatches).toBe(totalMatches - 1)
})

test('settle() stores nothing when a directory was moved in since the search began', async () => {
  using bench = searchBench(tree)
  using elsewhere = temporaryDirectory()
  writeFileSync(elsewhere.join('old.txt'), 'x\nneedle\n')
  await quietMoment(elsewhere.join('old.txt'))
  await using process = await bench.open(stored)
  const { totalMatches } = await process.cache.grep(everything)
  renameSync(elsewhere.path, bench.join('moved'))
  await process.cache.settle()
  await using next = await bench.open()
  const { cache, totalMatches: after } = await next.cache.grep(everything)
  renameSync(bench.join('moved'), elsewhere.path)
  expect([cache.outcome, after]).toEqual(['miss', totalMatches + 1])
})

test('a process that searches once shows nothing of a directory that was put in the place of another', async () => {
  using bench = searchBench({ 'd/f.txt': 'x\nneedle inside\n' })
  using outside = temporaryDirectory()
  writeFileSync(outside.join('f.txt'), 'x\nneedle outside\n')
  await using process = await bench.open({ clock: laterClock(), ...direct })
  const searching = process.cache.grep(everything)
  renameSync(bench.join('d'), bench.join('aside'))
  symlinkSync(outside.path, bench.join('d'))
  expect(JSON.stringify((await searching).files)).not.toContain('outside')
})

/** A name that is not UTF-8. */
function writeNameInLatin1(directory: string): void {
  execFileSync('sh', ['-c', 'printf "needle\\n" > "$(printf "caf\\351.txt")"'], { cwd: directory })
}

/** By then nothing about the file could be taken for the doing of somebody who comes later. */
async function quietMoment(path: string): Promise<void> {
  const { ctimeMs } = statSync(path)
  while (Date.now() < ctimeMs + 150) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** The answer without how it came about, or the refusal. */
async function answerOf({ cache }: SearchProcess, query: GrepQuery | FindQuery): Promise<unknown> {
  try {
    const { cache: _, ...answer } = query.operation === 'grep' ? await cache.grep(query) : await cache.find(query)
    return answer
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message }
    throw error
  }
}
