import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { seededRandom, type SeededRandom } from '@fsagent/testing'
import { rgPath } from '@vscode/ripgrep'
import { expect, test } from 'vitest'
import { laterClock, searchBench, type SearchProcess } from '../support/search-bench.js'

const NAMES = ['a', 'b', 'ab', 'a.log', 'b.txt', '.h', 'build', 'node_modules', 'x y', 'é']
const DIRECTORIES = [
  'a',
  'b',
  'build',
  'node_modules',
  '.h',
  'a/b',
  'a/build',
  'b/a/b',
  '.git',
  'a/.git',
  'b/.hg',
  'build/a',
]
const RULES = [
  'a',
  '/a',
  'a/',
  '*.log',
  '!a.log',
  '!*.log',
  'build/',
  '/build',
  '**/b',
  'a/**',
  '**/a/b',
  'a/b',
  '!a/b',
  '*',
  '!*/',
  '!*.txt',
  '# note',
  '',
  '\\#x',
  'x\\ y',
  'x y   ',
  '[ab]',
  '[!a]*',
  '?',
  'b.*',
  '{a,b}.log',
  'node_modules',
  '!build',
  'b/**/b',
  '/*',
  '!/a',
  'é',
  '[',
]

test('files() selects what `rg --files --hidden` lists, for random trees and ignore files', async () => {
  const random = seededRandom(4711)
  const differing: unknown[] = []
  let ignoredSomewhere = 0
  for (let round = 0; round < 25; round++) {
    const tree = randomTree(random)
    using bench = searchBench(tree)
    await using process = await bench.open({ clock: laterClock() })
    for (const scope of [
      '',
      ...['a', 'build', 'b/a'].filter((path) => Object.keys(tree).some((name) => name.startsWith(`${path}/`))),
    ]) {
      const listed = listWithRipgrep(bench.rootPath, scope)
      const selected = await selectFiles(process, scope)
      if (JSON.stringify(selected) !== JSON.stringify(listed)) differing.push({ round, scope, tree, selected, listed })
      if (listed.length < Object.keys(tree).filter((path) => path.startsWith(scope)).length) ignoredSomewhere++
    }
  }
  expect(differing).toEqual([])
  expect(ignoredSomewhere).toBeGreaterThan(15)
})

test('files() takes ignored files in when asked to, but no version control directories', async () => {
  using bench = searchBench({ '.gitignore': '*\n', 'a.txt': '', '.git/config': '', 'b/.svn/x': '', 'b/c': '' })
  await using process = await bench.open({ clock: laterClock() })
  expect(await selectFiles(process, '')).toEqual([])
  expect(await selectFiles(process, '', true)).toEqual(['.gitignore', 'a.txt', 'b/c'])
  expect(await selectFiles(process, '.git', true)).toEqual(['.git/config'])
})

test('files() honours no ignore file that is a symbolic link or lies outside the root', async () => {
  using bench = searchBench({ 'a.log': '', 'rules.txt': '*.log\n' })
  symlinkSync('rules.txt', bench.join('.gitignore'))
  writeFileSync(`${dirname(bench.rootPath)}/.ignore`, '*\n')
  await using process = await bench.open({ clock: laterClock() })
  expect(await selectFiles(process, '')).toEqual(['a.log', 'rules.txt'])
})

test('files() follows an ignore file that is edited, added or removed, in the scope and above it', async () => {
  using bench = searchBench({ 'sub/a.log': 'needle\n', 'sub/b.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const query = { operation: 'grep', pattern: 'needle', scope: 'sub' } as const
  const found = async (): Promise<string[]> => {
    const { files, cache } = await process.cache.grep(query)
    return [cache.outcome, ...files.map((file) => file.path)]
  }
  expect(await found()).toEqual(['miss', 'sub/a.log', 'sub/b.txt'])
  writeFileSync(bench.join('.gitignore'), '*.log\n')
  expect(await found()).toEqual(['miss', 'sub/b.txt'])
  appendFileSync(bench.join('.gitignore'), '*.txt\n')
  expect(await found()).toEqual(['miss'])
  writeFileSync(bench.join('sub/.ignore'), '!*.txt\n')
  expect(await found()).toEqual(['miss', 'sub/b.txt'])
  rmSync(bench.join('.gitignore'))
  expect(await found()).toEqual(['miss', 'sub/a.log', 'sub/b.txt'])
  rmSync(bench.join('sub'), { recursive: true })
  mkdirSync(bench.join('sub'))
  writeFileSync(bench.join('sub/new.md'), 'needle\n')
  expect((await found()).slice(1)).toEqual(['sub/new.md'])
  expect(process.cache.stats().stale).toBeGreaterThanOrEqual(4)
})

function randomTree(random: SeededRandom): Record<string, string> {
  const tree: Record<string, string> = {}
  const directories = ['', ...DIRECTORIES.filter(() => random.next() < 0.6)].map((path) =>
    path === '' ? '' : `${path}/`,
  )
  for (const directory of directories) {
    for (let count = random.integer(1, 4); count > 0; count--) tree[`${directory}${random.pick(NAMES)}`] = 'x'
    for (const name of ['.gitignore', '.ignore'])
      if (random.next() < 0.35)
        tree[`${directory}${name}`] = Array.from({ length: random.integer(1, 4) }, () => random.pick(RULES)).join('\n')
  }
  const paths = Object.keys(tree)
  return Object.fromEntries(
    Object.entries(tree).filter(([path]) => !paths.some((other) => other.startsWith(`${path}/`))),
  )
}

function listWithRipgrep(rootPath: string, scope: string): string[] {
  const options = [
    '--no-config',
    '--files',
    '--null',
    '--hidden',
    '--no-ignore-global',
    '--no-ignore-exclude',
    '--no-require-git',
    '--no-messages',
  ]
  const { stdout } = spawnSync(rgPath, [...options, `./${scope}`], { cwd: rootPath, encoding: 'utf8' })
  const below = scope === '' ? 2 : scope.length + 3
  const isVersionControl = (path: string): boolean => /(^|\/)\.(git|hg|svn|jj)\//.test(path.slice(below))
  return stdout
    .split('\0')
    .filter((path) => path !== '' && !isVersionControl(path))
    .map((path) => path.slice(2).replace(/^\//, ''))
    .sort()
}

async function selectFiles(process: SearchProcess, scope: string, includeIgnored = false): Promise<string[]> {
  const { entries } = await process.cache.find({
    operation: 'find',
    pattern: '*',
    scope,
    options: { type: 'file', includeIgnored },
  })
  return entries.map((entry) => entry.path).sort()
}
