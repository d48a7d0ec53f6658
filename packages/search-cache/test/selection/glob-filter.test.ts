import { spawnSync } from 'node:child_process'
import { seededRandom, temporaryDirectory, writeTree, type SeededRandom } from '@fsagent/testing'
import { rgPath } from '@vscode/ripgrep'
import { expect, test } from 'vitest'
import { pathSegments } from '../../src/glob/path-glob.js'
import { SearchError } from '../../src/search-error.js'
import { GlobFilter } from '../../src/selection/glob-filter.js'

const NAMES = ['a', 'b', 'ab', 'a.b', '.a', 'b-c', 'é', 'a b', '[x]', '{y}', 'x,y', 'aab', 'z\\w']
const PIECES = [
  'a',
  'b',
  'c',
  '.',
  '-',
  '*',
  '**',
  '?',
  '/',
  '/',
  '[ab]',
  '[!a/]',
  '[a-c]',
  '[]x]',
  '{a,b}',
  '{a*,b/a}',
  '\\*',
  'é',
  ',',
  '{',
  '[',
]

test('admits() keeps the files that `rg --files --glob` lists, for random globs', () => {
  const random = seededRandom(20_301)
  using directory = temporaryDirectory()
  const paths = randomPaths(random)
  writeTree(directory.path, Object.fromEntries(paths.map((path) => [path, 'x'])))
  const differing = Array.from({ length: 250 }, () => {
    const globs = Array.from({ length: random.integer(1, 3) }, () => randomGlob(random))
    return { globs, kept: listWithFilter(paths, globs), listed: listWithRipgrep(directory.path, globs) }
  }).filter(({ kept, listed }) => JSON.stringify(kept) !== JSON.stringify(listed))
  expect(differing).toEqual([])
})

test('admits() takes steps in proportion to the name for a glob with many stars', () => {
  const filter = new GlobFilter([`${'*a'.repeat(40)}b`])
  expect(filter.admits(['a'.repeat(250)], false)).toBe(false)
  const deep = new GlobFilter([`${'**/a/'.repeat(30)}b`])
  expect(deep.admits(pathSegments(`${'a/'.repeat(300)}c`), false)).toBe(false)
})

function randomPaths(random: SeededRandom): string[] {
  const directories = ['', 'a/', 'b/', 'a/b/', 'ab/a/', '.a/', 'b/a/ab/']
  const paths = new Set<string>()
  for (const directory of directories)
    for (let count = 0; count < 6; count++) paths.add(`${directory}${random.pick(NAMES)}`)
  const all = [...paths]
  return all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)))
}

function randomGlob(random: SeededRandom): string {
  const length = random.integer(1, 5)
  const glob = Array.from({ length }, () => random.pick(PIECES)).join('')
  return random.integer(0, 3) === 0 ? `!${glob}` : glob
}

function listWithRipgrep(directory: string, globs: readonly string[]): string[] | 'refused' {
  const options = ['--no-config', '--files', '--null', '--hidden', '--no-ignore']
  const result = spawnSync(rgPath, [...options, ...globs.map((glob) => `--glob=${glob}`)], {
    cwd: directory,
    encoding: 'utf8',
  })
  if (result.status === 2) return 'refused'
  return result.stdout
    .split('\0')
    .filter((path) => path !== '')
    .sort()
}

function listWithFilter(paths: readonly string[], globs: readonly string[]): string[] | 'refused' {
  try {
    const filter = new GlobFilter(globs)
    return paths.filter((path) => admitsWithParents(filter, path)).sort()
  } catch (error) {
    if (error instanceof SearchError && error.code === 'SEARCH_INVALID_PATTERN') return 'refused'
    throw error
  }
}

function admitsWithParents(filter: GlobFilter, path: string): boolean {
  const segments = pathSegments(path)
  return segments.every((_, index) => filter.admits(segments.slice(0, index + 1), index < segments.length - 1))
}
