import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { seededRandom, type SeededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { FindOptions, GrepOptions } from '../src/search-query.js'
import { laterClock, searchBench, type SearchBench, type SearchProcess } from './support/search-bench.js'

const ENVIRONMENT = { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' }
const WORDS = ['alpha', 'beta', 'Alpha', 'al', 'a.b', 'x', 'éa', '', '(z)', 'a-b', '\t', '1 2']
const PATTERNS = [
  'a',
  'al',
  'a.b',
  '^a',
  'a$',
  '[ab]l',
  'é',
  '(al|be)',
  'x+',
  '[0-9] ',
  '\\(z\\)',
  'a{1,2}l',
  '.',
  'zzz',
  'al.*a',
  '^$',
]
const PATHS = ['a.txt', 'b.md', 'sub/a.txt', 'sub/c d', 'sub/deep/e.txt', '.h/f', 'sub/-x', 'g']

interface Case {
  readonly pattern: string
  readonly options: GrepOptions
  readonly scope: string
}

test('grep() finds what `grep -rnIE` prints, cold, warm and after edits', async () => {
  const random = seededRandom(1917)
  const outcomes = new Map<string, number>()
  for (let round = 0; round < 5; round++) {
    using bench = searchBench({ 'sub/deep/': '', '.h/': '' })
    for (const path of PATHS) writeFileSync(bench.join(path), randomText(random))
    await using process = await bench.open({ clock: laterClock() })
    const cases = Array.from({ length: 5 }, () => randomCase(random))
    for (let edits = 0; edits < 3; edits++) {
      for (const one of [...cases, ...cases]) {
        const { lines, outcome } = await grepHere(process, one)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        expect({ ...one, lines }).toEqual({ ...one, lines: grepThere(bench, one) })
      }
      edit(bench, random)
    }
  }
  for (const outcome of ['hit', 'miss', 'repaired']) expect(outcomes.get(outcome)).toBeGreaterThan(5)
})

test('find() finds what `find` prints, cold, warm and after edits', async () => {
  const random = seededRandom(42)
  using bench = searchBench({ 'sub/deep/': '', '.h/': '', link: { link: 'g' } })
  for (const path of PATHS) writeFileSync(bench.join(path), randomText(random))
  await using process = await bench.open({ clock: laterClock() })
  const patterns = ['*', '*.txt', '?', '[!.]*', 'a*', '*e*', 'c d', '.*']
  for (let round = 0; round < 50; round++) {
    const pattern = random.pick(patterns)
    const scope = random.pick(['', 'sub'])
    const type = random.pick(['any', 'file', 'directory', 'symlink'] as const)
    const options = { type, ...(random.next() < 0.5 ? { maxDepth: random.integer(1, 2) } : {}) }
    const { entries } = await process.cache.find({ operation: 'find', pattern, scope, options })
    const paths = entries.map((entry) => entry.path)
    expect({ pattern, scope, options, paths }).toEqual({
      pattern,
      scope,
      options,
      paths: findThere(bench, { pattern, scope, options }),
    })
    if (round % 5 === 0) edit(bench, random)
  }
})

function randomText(random: SeededRandom): string {
  const lines = Array.from({ length: random.integer(0, 8) }, () =>
    Array.from({ length: random.integer(1, 4) }, () => random.pick(WORDS)).join(' '),
  )
  return lines.join(random.next() < 0.2 ? '\r\n' : '\n') + (random.next() < 0.7 ? '\n' : '')
}

function randomCase(random: SeededRandom): Case {
  const options: GrepOptions = {
    ignoreCase: random.next() < 0.3,
    fixed: random.next() < 0.3,
    before: random.pick([0, 0, 1, 2]),
    after: random.pick([0, 0, 1]),
  }
  return { pattern: random.pick(PATTERNS), options, scope: random.pick(['', 'sub', 'sub/a.txt']) }
}

function edit(bench: SearchBench, random: SeededRandom): void {
  const path = random.pick(PATHS)
  const other = random.pick(PATHS)
  mkdirSync(dirname(bench.join(path)), { recursive: true })
  const operations = [
    () => writeFileSync(bench.join(path), randomText(random)),
    () => appendFileSync(bench.join(path), `${random.pick(WORDS)}\n`),
    () => path !== 'sub/a.txt' && rmSync(bench.join(path), { force: true }),
    () => {
      appendFileSync(bench.join(path), 'al')
      if (path !== 'sub/a.txt') renameSync(bench.join(path), bench.join(other))
    },
  ]
  random.pick(operations)()
}

async function grepHere(process: SearchProcess, one: Case): Promise<{ lines: string[]; outcome: string }> {
  const { files, cache } = await process.cache.grep({ operation: 'grep', ...one })
  const lines = files.flatMap(({ path, matches }) =>
    matches.map(({ line, text, kind }) => [path, line, kind === 'match' ? ':' : '-', text].join('|')),
  )
  return { lines, outcome: cache.outcome }
}

/** With NUL after the file name, and lines told apart by the mark after their number. */
function grepThere(bench: SearchBench, { pattern, options, scope }: Case): string[] {
  const flags = [
    '-rnIHZ',
    options.fixed === true ? '-F' : '-E',
    '--no-group-separator',
    `-B${options.before}`,
    `-A${options.after}`,
  ]
  if (options.ignoreCase === true) flags.push('-i')
  const { stdout } = spawnSync('grep', [...flags, '-e', pattern, '--', scope === '' ? '.' : scope], {
    cwd: bench.rootPath,
    encoding: 'utf8',
    env: ENVIRONMENT,
  })
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [name = '', rest = ''] = line.split('\0')
      const [, number, mark, text] = /^(\d+)([:-])(.*)$/s.exec(rest) ?? []
      return {
        name: name.replace(/^\.\//, ''),
        number: Number(number),
        line: [name.replace(/^\.\//, ''), number, mark, text].join('|'),
      }
    })
  lines.sort(
    (left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)) || left.number - right.number,
  )
  return lines.map(({ line }) => line)
}

function findThere(bench: SearchBench, query: { pattern: string; scope: string; options: FindOptions }): string[] {
  const { pattern, scope, options } = query
  const kinds = { any: [], file: ['-type', 'f'], directory: ['-type', 'd'], symlink: ['-type', 'l'] }
  const depth = options.maxDepth === undefined ? [] : ['-maxdepth', String(options.maxDepth)]
  const start = scope === '' ? '.' : scope
  const { stdout } = spawnSync(
    'find',
    [start, '-mindepth', '1', ...depth, ...kinds[options.type ?? 'any'], '-name', pattern, '-print0'],
    {
      cwd: bench.rootPath,
      encoding: 'utf8',
      env: ENVIRONMENT,
    },
  )
  return stdout
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => path.replace(/^\.\//, ''))
    .sort()
}
