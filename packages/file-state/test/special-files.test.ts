import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { asOrdinaryUser, codeOf, countDescriptors } from './support.js'

test('open() refuses FIFOs, sockets and devices at once and lets no writer of the FIFO through', async () => {
  using directory = temporaryDirectory()
  execFileSync('mkfifo', [directory.join('fifo')])
  writeTree(directory.path, { 'to-fifo': { link: 'fifo' } })
  const server = createServer().listen(directory.join('socket'))
  await once(server, 'listening')
  using root = await DataRoot.open(directory.path)
  expect(['fifo', 'to-fifo', 'socket'].map((path) => codeOf(() => root.open(path)))).toEqual(
    Array.from({ length: 3 }, () => 'NOT_A_REGULAR_FILE'),
  )
  expect(root.list('').map(({ kind }) => kind)).toEqual(['other', 'other', 'symlink'])
  await expect(root.readFile('fifo')).rejects.toMatchObject({ code: 'NOT_A_REGULAR_FILE' })
  server.close()
  using devices = await DataRoot.open('/dev')
  expect(codeOf(() => devices.open('null'))).toBe('NOT_A_REGULAR_FILE')
})

test('the index records special files and opens none of them', async () => {
  using directory = temporaryDirectory()
  execFileSync('mkfifo', [directory.join('fifo')])
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  expect(index.children('').map(({ name, kind }) => [name, kind])).toEqual([['fifo', 'other']])
})

test('what the user may not read or search is PERMISSION_DENIED, and the index records it', async (context) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'x', 'closed/file': 'x', 'listed/file': 'x', 'passed/file': 'x', 'open/file': 'x' })
  chmodSync(directory.path, 0o755)
  chmodSync(directory.join('file'), 0o000)
  chmodSync(directory.join('closed'), 0o000)
  chmodSync(directory.join('listed'), 0o444)
  chmodSync(directory.join('passed'), 0o111)
  mkdirSync(directory.join('empty'), 0o700)
  const root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  const before = index.subtreeSequence('')
  const emptyDigest = index.digest('empty')
  const skipped = await asOrdinaryUser(async () => {
    const codes = ['file', 'closed/file', 'listed/file', 'passed/file'].map((path) => codeOf(() => root.open(path)))
    expect(codes).toEqual(['PERMISSION_DENIED', 'PERMISSION_DENIED', 'PERMISSION_DENIED', undefined])
    expect(codeOf(() => root.list('passed'))).toBe('PERMISSION_DENIED')
    expect(root.signatureSync('closed/file')).toBeUndefined()
    await index.sync()
    expect(index.unreadable('')).toEqual(['closed', 'empty', 'listed', 'passed'])
    expect(index.digest('empty')).not.toBe(emptyDigest)
    expect([...index.walk('')].map(({ path }) => path)).toEqual([
      '',
      'closed',
      'empty',
      'file',
      'listed',
      'open',
      'open/file',
      'passed',
    ])
  })
  for (const name of ['closed', 'empty', 'listed', 'passed']) chmodSync(directory.join(name), 0o755)
  context.skip(skipped !== undefined, skipped)
  await index.sync()
  expect(index.unreadable('')).toEqual([])
  expect(index.changesSince(before, 'closed').changed).toEqual(['closed', 'closed/file'])
})

test('no operation leaves a descriptor open, whether it succeeds or fails', async () => {
  using directory = temporaryDirectory()
  mkdirSync(directory.join('sub'))
  writeTree(directory.path, { 'sub/file': 'x', link: { link: 'sub' }, loop: { link: 'loop' }, out: { link: '/etc' } })
  linkSync(directory.join('sub/file'), directory.join('hard'))
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const before = countDescriptors()
  for (const path of [
    'sub/file',
    'link/file',
    'loop/x',
    'out/passwd',
    'hard/x',
    'sub',
    '',
    'sub/../..',
    'no/no',
    'a\0',
  ]) {
    for (const attempt of [() => root.open(path).close(), () => root.list(path), () => root.stat(path)]) codeOf(attempt)
    codeOf(() => root.lstat(path))
    codeOf(() => root.openDirectory(path)[Symbol.dispose]())
    await Promise.allSettled([root.readFile(path), root.hashFile(path), root.readFile(path, { maxBytes: 0 })])
    await index.sync({ scope: path }).catch(() => {})
    expect([path, countDescriptors()]).toEqual([path, before])
  }
  expect(readdirSync(directory.path)).toHaveLength(5)
})
