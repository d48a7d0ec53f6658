import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import type { FileOpener } from '../src/nearby-files.js'
import { codeOf } from './support.js'

test('open() gives the same files and errors as the root does, one after the other in one directory', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, {
    'outside/secret.txt': 'secret',
    'root/top.txt': 'top',
    'root/a/b/one.txt': 'one',
    'root/a/b/two.txt': 'two',
    'root/a/b/three/four.txt': 'four',
    'root/a/link': { link: 'b' },
    'root/a/b/linked.txt': { link: '../../top.txt' },
    'root/a/b/out.txt': { link: '../../../outside/secret.txt' },
    'root/out': { link: '../outside' },
  })
  execFileSync('mkfifo', [directory.join('root/a/b/fifo')])
  using root = await DataRoot.open(directory.join('root'))
  const nearby = root.nearbyFiles()
  const inB = [
    'one.txt',
    'two.txt',
    'missing',
    'three',
    'three/four.txt',
    'linked.txt',
    'out.txt',
    'fifo',
    '..',
    'one.txt/x',
  ]
  const paths = ['a/b', 'a/link', 'a/missing', 'a/b/../b'].flatMap((parent) => inB.map((name) => `${parent}/${name}`))
  for (const path of [...paths, 'top.txt', 'out/secret.txt', '', 'a', 'a/b/'])
    expect([path, opened(nearby, path)]).toEqual([path, opened(root, path)])
})

test('a directory that took the place of another one is seen in the next turn, and nothing stays open', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'root/a/one.txt': 'one', 'root/b/one.txt': 'other', 'outside/one.txt': 'secret' })
  using root = await DataRoot.open(directory.join('root'))
  const before = readdirSync('/proc/self/fd').length
  const nearby = root.nearbyFiles()
  expect([opened(nearby, 'a/one.txt')[1], opened(nearby, 'b/one.txt')[1]]).toEqual(['one', 'other'])
  expect(opened(nearby, 'a/one.txt')[1]).toBe('one')
  renameSync(directory.join('root/a'), directory.join('root/moved'))
  renameSync(directory.join('root/b'), directory.join('root/a'))
  await nextTurn()
  expect(opened(nearby, 'a/one.txt')[1]).toBe('other')
  renameSync(directory.join('root/a'), directory.join('gone'))
  symlinkSync(directory.join('outside'), directory.join('root/a'))
  await nextTurn()
  expect(opened(nearby, 'a/one.txt')).toEqual(['PATH_OUTSIDE_ROOT'])
  await nextTurn()
  expect(readdirSync('/proc/self/fd')).toHaveLength(before)
})

test('readFile() reads by way of what opens the file', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a/one.txt': 'one', link: { link: 'a' } })
  using root = await DataRoot.open(directory.path)
  const opener = root.nearbyFiles()
  const { realPath, stable, bytes } = await root.readFile('link/one.txt', { opener })
  expect([realPath, stable, Buffer.from(bytes).toString()]).toEqual(['a/one.txt', true, 'one'])
  writeFileSync(directory.join('a/two.txt'), 'two')
  expect((await root.readFile('link/two.txt', { opener })).realPath).toBe('a/two.txt')
})

/** The real path and the text of a file, or the code of the error. */
function opened(opener: FileOpener, path: string): readonly string[] {
  const code = codeOf(() => opener.open(path).close())
  if (code !== undefined) return [code]
  using file = opener.open(path)
  return [file.realPath, readFileSync(`/proc/self/fd/${file.descriptor}`, 'utf8')]
}
