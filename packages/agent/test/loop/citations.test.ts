import { expect, test } from 'vitest'
import type { CalledTool } from '../../src/chat-result.js'
import { citationsOf } from '../../src/loop/citations.js'
import { failedResult } from '../../src/tools/tool-runner.js'

const called = (data: unknown): CalledTool => ({
  name: 'grep',
  arguments: {},
  result: { ...failedResult({ tool: 'grep', arguments: {} }, { code: 'X', message: '' }), ok: true, error: null, data },
})

test('citationsOf() takes the longest path that fits, each place once, in the order of the text', () => {
  const calls = [
    called({ matches: [{ path: 'a.md' }, { path: 'notes/a.md' }] }),
    called({ paths: ['b (1).md', 'c-d/e_f+.md'] }),
  ]
  const text =
    'See notes/a.md:3, b (1).md:4–6; a.md:1. Also c-d/e_f+.md:8. Again notes/a.md:3 and other/a.md:9, a.md:0, a.md.'
  expect(citationsOf(text, calls)).toEqual([
    { path: 'notes/a.md', line: 3, endLine: 3 },
    { path: 'b (1).md', line: 4, endLine: 6 },
    { path: 'a.md', line: 1, endLine: 1 },
    { path: 'c-d/e_f+.md', line: 8, endLine: 8 },
  ])
})

test('citationsOf() knows no files but those that tools gave', () => {
  expect(citationsOf('invented.md:3', [called({ files: ['real.md'] })])).toEqual([])
})

test('citationsOf() prefers a path with a space to one that its end looks like', () => {
  const calls = [called({ paths: ['plan.md', 'trip plan.md'] })]
  expect(citationsOf('See trip plan.md:2.', calls)).toEqual([{ path: 'trip plan.md', line: 2, endLine: 2 }])
})
