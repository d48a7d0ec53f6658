import { resolve } from 'node:path'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { codeOf } from './support.js'

const noEntries = { exists: () => false, realDirectory: () => undefined }

test.each([
  ['', ''],
  ['.', ''],
  ['./', ''],
  ['/', undefined],
  ['projects', 'projects'],
  ['./projects//alpha/', 'projects/alpha'],
  ['projects/./alpha', 'projects/alpha'],
  ['projects/../projects', 'projects'],
  ['missing/../projects', 'projects'],
  ['link/..', 'deep'],
  ['link/../projects', 'deep/projects'],
  ['data', ''],
  ['data/', ''],
  ['./data/projects', 'projects'],
  ['data/projects/../notes', 'notes'],
  ['data-evil/x', 'data-evil/x'],
  ['some/data/projects', 'projects'],
  ['./some/data', ''],
  ['some/other', 'some/other'],
  ['-rf', '-rf'],
  ['a\nb*?[', 'a\nb*?['],
  ['..', undefined],
  ['a/../..', undefined],
  ['../data/projects', undefined],
  ['data/../x', undefined],
  ['/etc/passwd', undefined],
])('resolve(%j) is %j', async (userPath, expected) => {
  using directory = temporaryDirectory()
  const here = process.cwd()
  try {
    process.chdir(directory.path)
    writeTree('some/data', { 'projects/x': '', 'deep/inner/': '', link: { link: 'deep/inner' } })
    using root = await DataRoot.open('./some/data')
    expect(resolveOrCode(root, userPath)).toBe(expected ?? 'PATH_OUTSIDE_ROOT')
  } finally {
    process.chdir(here)
  }
})

test('resolve() leaves the root name in front when an entry of that name exists inside', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/data/x': '', 'data/y': '' })
  using root = await DataRoot.open(directory.join('data'))
  expect([root.resolve('data/x'), root.resolve('data')]).toEqual(['data/x', 'data'])
})

test('resolve() takes absolute paths inside the root and no sibling with the same beginning', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/x': '', 'data-evil/x': '' })
  using root = await DataRoot.open(directory.join('data'))
  expect(root.resolve(directory.join('data/x'))).toBe('x')
  expect(root.resolve(`${directory.path}/./data//`)).toBe('')
  expect(codeOf(() => root.resolve(directory.join('data-evil/x')))).toBe('PATH_OUTSIDE_ROOT')
  expect(codeOf(() => root.resolve(`${directory.path}/data/../data-evil/x`))).toBe('PATH_OUTSIDE_ROOT')
})

test.each(['a\0b', 'x'.repeat(256), `${'d/'.repeat(2_100)}x`, '\uD800'])(
  'resolve() refuses what can name no file (%#)',
  async (userPath) => {
    using directory = temporaryDirectory()
    using root = await DataRoot.open(directory.path)
    expect(codeOf(() => root.resolve(userPath))).toBe('PATH_INVALID')
  },
)

test('resolve() refuses a link to outside even when `..` leads back', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { out: { link: '/etc' } })
  using root = await DataRoot.open(directory.path)
  expect(codeOf(() => root.resolve('out/../x'))).toBe('PATH_OUTSIDE_ROOT')
})

test('resolve() without links agrees with path.resolve() wherever that stays inside all the way', async () => {
  const { UserPath } = await import('../src/user-path.js')
  const userPath = new UserPath({ given: '/r', path: '/r', ...noEntries })
  const segment = fc.constantFrom('a', 'b', '..', '.', '', 'a..b')
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
      fc.pre(segments[0] !== '')
      const path = segments.join('/')
      const leaves = segments.some((_, index) => !within(resolve('/r', segments.slice(0, index + 1).join('/'))))
      const outcome = resolveOrCode({ resolve: (text) => resolve('/r', userPath.toRelative(text)) }, path)
      expect(outcome).toBe(leaves ? 'PATH_OUTSIDE_ROOT' : resolve('/r', path))
    }),
  )
})

function within(path: string): boolean {
  return path === '/r' || path.startsWith('/r/')
}

function resolveOrCode(root: { resolve(path: string): string }, path: string): string {
  let resolved = ''
  const code = codeOf(() => {
    resolved = root.resolve(path)
  })
  return code ?? resolved
}
