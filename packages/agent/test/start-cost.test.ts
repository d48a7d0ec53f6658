import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'

test('tools run without loading the AI SDK, a provider or the planner', () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a.txt': 'text' })
  const fixture = fileURLToPath(new URL('fixtures/tool-without-sdk.mjs', import.meta.url))
  const output = execFileSync(process.execPath, [fixture, directory.path], { encoding: 'utf8' })
  expect(output).toBe('11 text')
})
