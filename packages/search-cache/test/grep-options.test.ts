import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { GrepOptions } from '../src/search-query.js'
import { laterClock, searchBench, type SearchBench } from './support/search-bench.js'

const TREE = {
  'src/app.ts': 'one\ntwo Needle\nthree\nfour\nfive needles\nsix\n',
  'src/deep/x.md': 'a.b\naxb\nneedle',
  'doc/readme.md': 'first\r\nneedle\r\nlast\r\n',
  'doc/empty': '',
}

async function grep(bench: SearchBench, pattern: string, options: GrepOptions = {}): Promise<string[]> {
  await using process = await bench.open({ clock: laterClock() })
  const result = await process.cache.grep({ operation: 'grep', pattern, scope: '', options })
  return result.files.flatMap(({ path, count, matches }) =>
    matches.length === 0
      ? [`${path} ${count}`]
      : matches.map(({ line, text, kind }) => `${path}${kind === 'match' ? ':' : '-'}${line}:${text}`),
  )
}

test.each<[string, GrepOptions, string[]]>([
  ['needle', {}, ['doc/readme.md:2:needle\r', 'src/app.ts:5:five needles', 'src/deep/x.md:3:needle']],
  ['NEEDLE', { ignoreCase: true, globs: ['*.ts'] }, ['src/app.ts:2:two Needle', 'src/app.ts:5:five needles']],
  ['needle', { wordRegexp: true, globs: ['src/**'] }, ['src/deep/x.md:3:needle']],
  ['a.b', { fixed: true }, ['src/deep/x.md:1:a.b']],
  ['a.b', {}, ['src/deep/x.md:1:a.b', 'src/deep/x.md:2:axb']],
  ['e+s$', { globs: ['!doc'] }, ['src/app.ts:5:five needles']],
  ['b\\naxb', { multiline: true }, ['src/deep/x.md:1:a.b', 'src/deep/x.md:2:axb']],
  ['b\\naxb', { multiline: true, mode: 'count' }, ['src/deep/x.md 2']],
  ['e', { mode: 'count' }, ['doc/readme.md 1', 'src/app.ts 4', 'src/deep/x.md 1']],
  ['e', { mode: 'files', before: 3 }, ['doc/readme.md 1', 'src/app.ts 1', 'src/deep/x.md 1']],
  [
    '^f',
    { globs: ['*.ts'], before: 1, after: 1 },
    ['src/app.ts-3:three', 'src/app.ts:4:four', 'src/app.ts:5:five needles', 'src/app.ts-6:six'],
  ],
  ['^six', { after: 5 }, ['src/app.ts:6:six']],
  ['-n', { fixed: true }, []],
])('grep() for %j with %j', async (pattern, options, expected) => {
  using bench = searchBench(TREE)
  expect(await grep(bench, pattern, options)).toEqual(expected)
})

test('grep() counts and shows a changed file with its context after a repair', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const query = { operation: 'grep', pattern: 'needle', scope: 'src', options: { before: 1 } } as const
  await process.cache.grep(query)
  writeFileSync(bench.join('src/app.ts'), 'x\ny\nneedle\nz\n')
  const { files, cache } = await process.cache.grep(query)
  expect(cache.outcome).toBe('repaired')
  expect(files[0]).toEqual({
    path: 'src/app.ts',
    count: 1,
    matches: [
      { line: 2, text: 'y', kind: 'context' },
      { line: 3, text: 'needle', kind: 'match' },
    ],
  })
})

test('grep() takes equivalent options for the same query, and others not', async () => {
  using bench = searchBench(TREE)
  await using process = await bench.open({ clock: laterClock() })
  const outcome = async (options: GrepOptions): Promise<string> =>
    (await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: '', options })).cache.outcome
  expect(await outcome({ globs: ['*.md', '*.ts'] })).toBe('miss')
  expect(await outcome({ globs: ['*.ts', '*.md', '*.ts'], fixed: false })).toBe('hit')
  expect(await outcome({ globs: ['*.ts', '!*.md'] })).toBe('miss')
  expect(await outcome({ globs: ['!*.md', '*.ts'] })).toBe('miss')
  expect(await outcome({ globs: ['!*.md', '*.ts', '!*.md'] })).toBe('hit')
  expect(await outcome({ mode: 'files', after: 2 })).toBe('miss')
  expect(await outcome({ mode: 'files' })).toBe('hit')
})

test('grep() rejects options of the wrong kind', async () => {
  using bench = searchBench(TREE)
  await expect(grep(bench, 'x', { before: -1 })).rejects.toThrow(RangeError)
  await expect(grep(bench, 'x', { globs: ['['] })).rejects.toMatchObject({ code: 'SEARCH_INVALID_PATTERN' })
})
