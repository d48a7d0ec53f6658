import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { FileStateError } from '../src/file-state-error.js'
import { codeOf, textOf } from './support.js'

test('open() refuses a root that is missing or a file', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'x' })
  await expect(DataRoot.open(directory.join('nothing'))).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  await expect(DataRoot.open(directory.join('file'))).rejects.toMatchObject({ code: 'ROOT_NOT_DIRECTORY' })
  await expect(DataRoot.open(directory.join('file/below'))).rejects.toMatchObject({ code: 'ROOT_NOT_DIRECTORY' })
})

test('open() canonicalises a root given through a symbolic link and keeps the name it was given', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'real/a.txt': 'inside', link: { link: 'real' } })
  using root = await DataRoot.open(directory.join('link'))
  expect([root.path, root.name]).toEqual([directory.join('real'), 'link'])
  expect(textOf(await root.readFile('a.txt'))).toBe('inside')
  expect(root.resolve(directory.join('link/a.txt'))).toBe('a.txt')
  expect(root.resolve(directory.join('real/a.txt'))).toBe('a.txt')
})

test('open() gives a descriptor of the file, its signature and its real path', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'real/a.txt': 'inside', link: { link: 'real' } })
  using root = await DataRoot.open(directory.path)
  using file = root.open('link/a.txt')
  expect(file.realPath).toBe('real/a.txt')
  expect(root.proveSync('real/a.txt', file.signature)).toBe(true)
  file.close()
  file.close()
})

test.each([
  ['missing', 'FILE_NOT_FOUND'],
  ['missing/below', 'FILE_NOT_FOUND'],
  ['dangling', 'FILE_NOT_FOUND'],
  ['', 'IS_A_DIRECTORY'],
  ['sub', 'IS_A_DIRECTORY'],
  ['sub/..', 'IS_A_DIRECTORY'],
  ['to-sub', 'IS_A_DIRECTORY'],
  ['file/below', 'NOT_A_DIRECTORY'],
  ['file/', 'NOT_A_DIRECTORY'],
  ['to-file/below', 'NOT_A_DIRECTORY'],
  ['loop', 'SYMLINK_LOOP'],
  ['loop/below', 'SYMLINK_LOOP'],
  ['outside', 'PATH_OUTSIDE_ROOT'],
  ['outside-relative', 'PATH_OUTSIDE_ROOT'],
  ['outside/passwd', 'PATH_OUTSIDE_ROOT'],
  ['..', 'PATH_OUTSIDE_ROOT'],
  ['sub/../..', 'PATH_OUTSIDE_ROOT'],
  ['a\0b', 'PATH_INVALID'],
  ['n'.repeat(256), 'PATH_INVALID'],
])('open(%j) fails with %s and names no absolute path', async (path, code) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, {
    file: 'x',
    'sub/inner': 'y',
    dangling: { link: 'missing' },
    'to-sub': { link: 'sub' },
    'to-file': { link: './sub/../file' },
    loop: { link: 'loop' },
    outside: { link: '/etc' },
    'outside-relative': { link: 'sub/../../..' },
  })
  using root = await DataRoot.open(directory.path)
  const error = caught(() => root.open(path))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(/^Cannot open ".*": [a-z"]/u)
  expect(error.message).not.toContain(directory.path)
  expect(error.cause).toBeUndefined()
})

test('open() follows up to 40 symbolic links', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'link-0': 'end' })
  for (let index = 1; index <= 41; index += 1) symlinkSync(`link-${index - 1}`, directory.join(`link-${index}`))
  using root = await DataRoot.open(directory.path)
  expect(textOf(await root.readFile('link-40'))).toBe('end')
  expect(codeOf(() => root.open('link-41'))).toBe('SYMLINK_LOOP')
})

test('stat() follows links and lstat() does not', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/a': 'x', link: { link: directory.join('sub/a') }, dangling: { link: 'no' } })
  using root = await DataRoot.open(directory.path)
  expect(root.stat('link')).toMatchObject({ kind: 'file', realPath: 'sub/a' })
  expect(root.lstat('link')).toMatchObject({ kind: 'symlink', realPath: 'link' })
  expect(root.stat('')).toMatchObject({ kind: 'directory', realPath: '' })
  expect(root.stat('sub/.')).toMatchObject({ kind: 'directory', realPath: 'sub' })
  expect(root.lstat('dangling')).toMatchObject({ kind: 'symlink' })
  expect([root.lstat('missing'), root.lstat('sub/a/below')]).toEqual([undefined, undefined])
  expect(codeOf(() => root.lstat('../x'))).toBe('PATH_OUTSIDE_ROOT')
})

test('list() gives names and kinds in the order of their bytes', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { b: '', 'B/': '', a: { link: 'b' }, '-x': '', 'new\nline': '', '\u202Ertl*?[': '' })
  writeFileSync(Buffer.concat([Buffer.from(`${directory.path}/bad-`), Buffer.from([0xff])]), 'bytes')
  using root = await DataRoot.open(directory.path)
  expect(root.list('')).toEqual([
    { name: '-x', kind: 'file' },
    { name: 'B', kind: 'directory' },
    { name: 'a', kind: 'symlink' },
    { name: 'b', kind: 'file' },
    { name: 'bad-\uDCFF', kind: 'file' },
    { name: 'new\nline', kind: 'file' },
    { name: '\u202Ertl*?[', kind: 'file' },
  ])
  for (const { name, kind } of root.list('')) if (kind === 'file') root.open(name).close()
  expect(textOf(await root.readFile('bad-\uDCFF'))).toBe('bytes')
  expect(root.signatureSync('bad-\uDCFF')?.size).toBe(5n)
  expect(codeOf(() => root.list('b'))).toBe('NOT_A_DIRECTORY')
})

test('signatureSync() is undefined for whatever cannot be stat-ed', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'x', loop: { link: 'loop' } })
  using root = await DataRoot.open(directory.path)
  const paths = ['missing', 'file/below', 'loop', 'a\0b', 'n'.repeat(300)]
  expect(paths.map((path) => root.signatureSync(path))).toEqual(paths.map(() => undefined))
})

test('every operation sees a root that was replaced, and tells when it is gone', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/a': 'old' })
  using root = await DataRoot.open(directory.join('data'))
  const { signature } = root.stat('a')
  renameSync(directory.join('data'), directory.join('away'))
  expect(codeOf(() => root.open('a'))).toBe('ROOT_NOT_FOUND')
  mkdirSync(directory.join('data'))
  writeFileSync(directory.join('data/a'), 'new')
  expect(textOf(await root.readFile('a'))).toBe('new')
  expect(root.proveSync('a', signature)).toBe(false)
  rmSync(directory.join('data'), { recursive: true })
  writeFileSync(directory.join('data'), 'a file')
  expect(codeOf(() => root.list(''))).toBe('ROOT_NOT_DIRECTORY')
})

test('close() ends the use of the root and can be repeated', async () => {
  using directory = temporaryDirectory()
  const root = await DataRoot.open(directory.path)
  root.close()
  root.close()
  expect(codeOf(() => root.list(''))).toBe('ROOT_CLOSED')
})

function caught(action: () => unknown): FileStateError {
  try {
    action()
  } catch (error) {
    if (error instanceof FileStateError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
