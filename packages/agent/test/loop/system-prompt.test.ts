import { rmSync } from 'node:fs'
import { DataRoot } from '@fsagent/file-state'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { systemPrompt } from '../../src/loop/system-prompt.js'

test('systemPrompt() lists two levels, bounded, without the cache', async () => {
  using directory = temporaryDirectory()
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`many/${index}.txt`, '']))
  writeTree(directory.path, { ...files, 'tmp/cache/db/x': '', 'tmp/other': '', 'readme.md': '', 'a/b/c/d.txt': '' })
  using root = await DataRoot.open(directory.path)
  const listing = systemPrompt(root, ['tmp/cache']).split('two upper levels:\n')[1] ?? ''
  const lines = listing.split('\n')
  expect(lines[0]).toBe('"a/": "b/"')
  expect(lines[1]).toMatch(/^"many\/": "0\.txt" .* and 80 more$/)
  expect(lines.slice(2)).toEqual(['"readme.md"', '"tmp/": "other"'])
})

test('systemPrompt() goes on when the data root is gone', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  rmSync(directory.path, { recursive: true })
  expect(systemPrompt(root)).toMatch(/\(cannot be listed now\)$/)
})
