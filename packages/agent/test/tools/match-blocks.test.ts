import type { GrepFile } from '@fsagent/search-cache'
import { expect, test } from 'vitest'
import { matchBlocks, printBlock } from '../../src/tools/match-blocks.js'

const file = {
  path: 'a',
  count: 2,
  matches: [1, 2, 3, 4, 5].map((line) => ({
    line,
    text: `${line}`,
    kind: line === 2 || line === 5 ? ('match' as const) : ('context' as const),
  })),
}

test('matchBlocks() gives a context line to the match before while that one reaches it, else to the next', () => {
  const texts = printed([file], 1)
  expect(texts).toEqual(['a-1-1\na:2:2\na-3-3\n', 'a-4-4\na:5:5\n'])
  expect(printed([file], 0)).toEqual(['a-1-1\na:2:2\n', 'a-3-3\na-4-4\na:5:5\n'])
})

test('printBlock() separates groups of different files', () => {
  const texts = printed([file, { ...file, path: 'b' }], 2)
  expect(texts[2]).toBe('--\nb-1-1\nb:2:2\nb-3-3\nb-4-4\n')
})

function printed(files: readonly GrepFile[], after: number): string[] {
  return matchBlocks(files, after).map((block) => printBlock(block, true))
}
