import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { scoreQuestions } from '../../questions/score-questions.mjs'
import { wrongClaims } from '../../questions/wrong-claims.mjs'

const TREE = {
  'notes/a b.md': '# Tide\n\nThe sea rises.\nIt falls.\n',
  'orders.csv': 'id,status\n1,open\n2,"open"\n3,"closed, paid"\n',
}

function wrongOf(answer: string): readonly string[] {
  using directory = temporaryDirectory()
  writeTree(directory.path, TREE)
  return wrongClaims(answer, directory.path)
}

test.each([
  '- The sea rises. — notes/a b.md:3',
  'notes/a b.md:3: The sea',
  'All 4 lines — notes/a b.md:1-4\n```\n# Tide\n\nThe sea rises.\nIt falls.\n```',
  'Line 4 of 4 lines — notes/a b.md:4\n```\nIt falls.\n```',
  'I found nothing that answers this.',
  '14:02: not a place',
  '3 rows below the header (4 lines in all) — orders.csv:1',
  '2 rows of 3 with status "open" — orders.csv:2',
])('wrongClaims() accepts %j', (answer) => {
  expect(wrongOf(answer)).toEqual([])
})

test.each([
  ['a text that stands on another line', '- The sea rises. — notes/a b.md:4'],
  ['a line that does not exist', '- The sea rises. — notes/a b.md:30'],
  ['a file that does not exist', '- The sea rises. — notes/c.md:3'],
  ['a changed text', 'notes/a b.md:3: The sea falls.'],
  ['a block that differs', 'Lines 3 to 4 of 4 lines — notes/a b.md:3-4\n```\nThe sea rises.\nIt rises.\n```'],
  ['a wrong number of rows', '4 rows below the header (4 lines in all) — orders.csv:1'],
  ['a wrong number of rows with a value', '1 row of 3 with status "open" — orders.csv:2'],
])('wrongClaims() refuses %s', (_, answer) => {
  expect(wrongOf(answer)).toHaveLength(1)
})

test('scoreQuestions() counts what is missing, and any file named where nothing exists', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, TREE)
  const agent = { chat: async () => ({ text: '- The sea rises. — notes/a b.md:3' }) }
  const questions = [
    { id: '1', kind: 'open', question: 'a', cites: ['notes/a b.md'], citesLines: ['notes/a b.md:3'] },
    { id: '2', kind: 'open', question: 'b', cites: ['notes/a b.md', 'c.md'], citesLines: ['notes/a b.md:4'] },
    { id: '3', kind: 'open', question: 'c', cites: [], absent: true },
  ]
  const score = await scoreQuestions(agent, questions, { dataRoot: directory.path })
  expect(score).toMatchObject({ asked: 3, complete: 2, required: 5, missing: 2, wrongCount: 1 })
})
