import { expect, test } from 'vitest'
import { PLANNER_NOTICE } from '../../src/planner/create-planner.js'
import { openAgent } from '../support/open-agent.js'

const TREE = {
  'kiln/README.md':
    '# Kiln\n\n| Database | PostgreSQL 15 |\n\n## Steps\n\n1. `src/kiln/read.py` reads a sensor.\n\nKiln fires the pots.\n\nLead: Ada Quince.\n',
  'mill/README.md': '# Mill\n\nDatabase: PostgreSQL 16, for the mill alone.\n\nLead: Ben Rook.\n',
  'rules/visitor-policy.md':
    '# Visitor policy\n\n## Badges\n\nVisitors wear a badge.\n\n## Hours\n\nVisitors leave at five.\n',
  'app.log': Array.from(
    { length: 60 },
    (_, index) =>
      `2025-01-01T00:00:${String(index).padStart(2, '0')}Z ${index % 9 === 4 ? 'ERROR jam' : 'INFO turned'}`,
  ).join('\n'),
  'todo.py': '# TODO(ada): sweep\n# TODO(ben): oil\n# TODO(ada): sort\n',
  'long.md': Array.from({ length: 30 }, (_, index) => `The turbine note ${String(index)} is about turbines.\n`).join(
    '\n',
  ),
}

async function linesFor(question: string): Promise<readonly string[]> {
  await using open = await openAgent(TREE)
  const { text } = await open.agent.chat(question)
  return text.replace(PLANNER_NOTICE, '').trim().split('\n')
}

test('an open answer begins with the line that answers, and has eight cited lines at most', async () => {
  const lines = await linesFor('What do the notes say about the turbine?')
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.length).toBeLessThanOrEqual(9)
  expect((await linesFor('what is Kiln?'))[1]).toBe('- Kiln fires the pots. — kiln/README.md:9')
})

test('an answer about a whole document quotes what its sections say, not their headings', async () => {
  const lines = await linesFor('What is our visitor policy?')
  expect(lines.slice(1)).toEqual([
    '- Visitors wear a badge. — rules/visitor-policy.md:5',
    '- Visitors leave at five. — rules/visitor-policy.md:9',
  ])
})

test('of a log only the lines that answer are quoted', async () => {
  const lines = await linesFor('what errors are in the app log?')
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.slice(1).filter((line) => !line.includes('ERROR jam'))).toEqual([])
})

test('a question about two things is answered where both meet', async () => {
  const lines = await linesFor('does kiln use PostgreSQL?')
  expect(lines[1]).toBe('- | Database | PostgreSQL 15 | — kiln/README.md:3')
  expect(lines.join('\n')).not.toContain('mill/README.md')
})

test('who is responsible is answered by who leads', async () => {
  expect((await linesFor('who is responsible for mill?'))[1]).toBe('- Lead: Ben Rook. — mill/README.md:5')
})

test('what is counted may be narrowed by a name that is no folder', async () => {
  const lines = await linesFor('How many TODOs are assigned to ada?')
  expect(lines[0]).toMatch(/^Found 2 matching lines/)
})

test('what does not hold a text is told apart from what does', async () => {
  expect(await linesFor('which markdown files do not mention PostgreSQL?')).toEqual([
    '2 of 4 files have no line that holds "PostgreSQL":',
    'long.md',
    'rules/visitor-policy.md',
  ])
})

test('a word that is no kind of file is counted among the names, never passed over', async () => {
  expect((await linesFor('how many todo files are there?'))[0]).toBe(
    '1 file with "todo" in the name below the root folder:',
  )
  expect((await linesFor('how many zebra files are there?'))[0]).toBe(
    '0 files with "zebra" in the name below the root folder.',
  )
})

test('two folders are compared by their READMEs', async () => {
  const lines = await linesFor('what is the difference between kiln and mill?')
  expect(lines.slice(0, 2)).toEqual(['First: 11 lines — kiln/README.md:1', 'Second: 5 lines — mill/README.md:1'])
})

test('a line that only points to another place is not quoted', async () => {
  await using open = await openAgent({
    'a.md':
      '# Gate\n\n## Options of the gate\n\nSee [Options](#more) section.\n\nThe gate has two options: slow and fast.\n',
  })
  const { text } = await open.agent.chat('which options does the gate have?')
  expect(text).toContain('a.md:7')
  expect(text).not.toContain('#more')
})

test('a clock time answers what time it is about', async () => {
  await using open = await openAgent({
    'a.md': '# Rules\n\nWe keep 12 monthly backups of the mill.\n\nThe mill is backed up every night at 02:15.\n',
  })
  expect((await open.agent.chat('At what time does the backup of the mill run?')).text.split('\n')[1]).toContain(
    'a.md:5',
  )
})

test('the largest file is named with its size, and its lines are shown when they are asked for', async () => {
  expect(await linesFor('which file is the largest?')).toEqual([
    'The largest of 6 files, with the time of the last change:',
    expect.stringMatching(/^- 1 \d{3} bytes, 20\S+Z — app\.log:1$/),
  ])
  expect((await linesFor('show the last line of the smallest file'))[2]).toBe('# TODO(ada): sort')
})
