import { spawnSync } from 'node:child_process'
import { seededRandom, temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { compileNamePattern } from '../../src/glob/name-pattern.js'

const NAMES = [
  'a',
  'A',
  'b',
  'ab',
  'aB.txt',
  '.hidden',
  'a b',
  '[a]',
  'a]',
  '{a,b}',
  '*',
  '?',
  'x-y',
  '1',
  '_',
  '\\',
  'a\nb',
]
const PIECES = [
  'a',
  'B',
  '.',
  '*',
  '?',
  '[a-c]',
  '[!a]',
  '[^a]',
  '[]a]',
  '[[:alpha:]]',
  '[[:digit:]]',
  '[',
  '{a,b}',
  '\\*',
  '\\a',
  'é',
  '-',
  '[a',
  '[\\]a]',
]

test('compileNamePattern() matches what `find -name` and `find -iname` match, for random patterns', () => {
  const random = seededRandom(77)
  using directory = temporaryDirectory()
  writeTree(directory.path, Object.fromEntries(NAMES.map((name) => [name, ''])))
  for (let round = 0; round < 300; round++) {
    const pattern = Array.from({ length: random.integer(1, 4) }, () => random.pick(PIECES)).join('')
    const ignoreCase = random.integer(0, 1) === 1
    const matches = compileNamePattern(pattern, ignoreCase)
    const found = NAMES.filter((name) => matches(name)).sort()
    expect({ pattern, ignoreCase, found }).toEqual({
      pattern,
      ignoreCase,
      found: findByName(directory.path, pattern, ignoreCase),
    })
  }
})

test('compileNamePattern() takes a character outside ASCII as one character', () => {
  // glibc accepts any reading, one character or its bytes, so this is not compared with `find`.
  expect(compileNamePattern('?', false)('é')).toBe(true)
  expect(compileNamePattern('?', false)('😀')).toBe(true)
  expect(compileNamePattern('??', false)('😀')).toBe(false)
  expect(compileNamePattern('[à-ü].txt', true)('É.txt')).toBe(true)
  expect(compileNamePattern('*[!a]', false)('b😀')).toBe(true)
})

test('compileNamePattern() takes steps in proportion to the name for a pattern with many stars', () => {
  const matches = compileNamePattern(`${'*a'.repeat(60)}*[b]`, false)
  expect(matches('a'.repeat(255))).toBe(false)
})

function findByName(directory: string, pattern: string, ignoreCase: boolean): string[] {
  const test = ignoreCase ? '-iname' : '-name'
  const result = spawnSync('find', ['.', '-mindepth', '1', test, pattern, '-printf', '%f\\0'], {
    cwd: directory,
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' },
  })
  return result.stdout
    .split('\0')
    .filter((name) => name !== '')
    .sort()
}
