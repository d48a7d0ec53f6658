import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { sameSignature } from '../src/file-signature.js'

test('proveSync() refuses a file whose directory was moved out of the root and linked back in its place', async () => {
  using directory = temporaryDirectory()
  mkdirSync(directory.join('root', 'a', 'b'), { recursive: true })
  writeFileSync(directory.join('root', 'a', 'b', 'file'), 'text')
  await using root = await DataRoot.open(directory.join('root'))
  const { signature } = await root.readFile('a/b/file')
  expect(root.proveSync('a/b/file', signature)).toBe(true)
  renameSync(directory.join('root', 'a', 'b'), directory.join('outside'))
  symlinkSync(directory.join('outside'), directory.join('root', 'a', 'b'))
  const seen = root.signatureSync('a/b/file')
  // The file itself has not changed in any way that a stat of it shows.
  expect(seen !== undefined && sameSignature(seen, signature)).toBe(true)
  expect(root.proveSync('a/b/file', signature)).toBe(false)
})

test('proveSync() goes on proving files after the root was replaced by an equal one', async () => {
  using directory = temporaryDirectory()
  mkdirSync(directory.join('root', 'a'), { recursive: true })
  writeFileSync(directory.join('root', 'a', 'file'), 'text')
  await using root = await DataRoot.open(directory.join('root'))
  expect(root.proveSync('a/file', (await root.readFile('a/file')).signature)).toBe(true)
  renameSync(directory.join('root'), directory.join('old'))
  mkdirSync(directory.join('root', 'a'), { recursive: true })
  writeFileSync(directory.join('root', 'a', 'file'), 'text')
  const { signature } = await root.readFile('a/file')
  expect(root.proveSync('a/file', signature)).toBe(true)
})
