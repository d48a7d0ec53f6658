import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const tree = {
  'a.txt': 'one\ntwo\nthree\nfour\nfive\nsix\n',
  'sub/b.md': 'TWO here\nnothing\n',
  'sub-c.md': 'two\n',
  '.hidden.txt': 'two hidden\n',
  'ignored.log': 'two ignored\n',
  '.gitignore': '*.log\n',
  'binary.bin': 'two\0\n',
}

test('grep prints path:line:text sorted by path and gives the same as data', async () => {
  await using open = await openAgent(tree)
  const result = await open.agent.runTool('grep', { pattern: 'two' })
  expect(result.text).toBe('.hidden.txt:1:two hidden\na.txt:2:two\nsub-c.md:1:two\n')
  expect(result.data).toMatchObject({
    matches: [
      { path: '.hidden.txt', line: 1, text: 'two hidden' },
      { path: 'a.txt', line: 2, text: 'two' },
      { path: 'sub-c.md', line: 1, text: 'two' },
    ],
  })
  expect(result).toMatchObject({ shown: 3, total: 3, truncated: false })
})

test('grep narrows by path, glob, case, word and literal text', async () => {
  await using open = await openAgent(tree)
  const text = async (call: object): Promise<string> => (await open.agent.runTool('grep', call)).text
  expect(await text({ pattern: 'two', path: 'data/sub', ignore_case: true })).toBe('sub/b.md:1:TWO here\n')
  expect(await text({ pattern: 'two', glob: '*.md' })).toBe('sub-c.md:1:two\n')
  expect(await text({ pattern: 'two', glob: ['*.md', '*.log'], include_ignored: true })).toBe(
    'ignored.log:1:two ignored\nsub-c.md:1:two\n',
  )
  expect(await text({ pattern: 'f.ve', path: 'a.txt' })).toBe('a.txt:5:five\n')
  expect(await text({ pattern: 'f.ve', path: 'a.txt', fixed: true })).toBe('')
  expect(await text({ pattern: 'hid', word: true })).toBe('')
})

test('grep prints context as grep -C does', async () => {
  await using open = await openAgent(tree)
  const result = await open.agent.runTool('grep', { pattern: 'two|five', path: 'a.txt', context: 1 })
  expect(result.text).toBe('a.txt-1-one\na.txt:2:two\na.txt-3-three\na.txt-4-four\na.txt:5:five\na.txt-6-six\n')
  const apart = await open.agent.runTool('grep', { pattern: 'one|five', path: 'a.txt', before: 0, after: 1 })
  expect(apart.text).toBe('a.txt:1:one\na.txt-2-two\n--\na.txt:5:five\na.txt-6-six\n')
  expect(apart).toMatchObject({ shown: 2, total: 2 })
})

test('grep pages through matches, each with its context, until all were shown', async () => {
  await using open = await openAgent(tree)
  const first = await open.agent.runTool('grep', { pattern: 'e', path: 'a.txt', after: 1, limit: 2 })
  expect(first.text).toBe(
    'a.txt:1:one\na.txt-2-two\na.txt:3:three\na.txt-4-four\n[Shown: matches 1 to 2 of 3. The rest: grep {"pattern":"e","path":"a.txt","after":1,"limit":2,"offset":2}]\n',
  )
  expect(first).toMatchObject({ truncated: true, shown: 2, total: 3 })
  const second = await open.agent.runTool('grep', first.next?.arguments)
  expect(second).toMatchObject({
    text: 'a.txt:5:five\na.txt-6-six\n',
    truncated: false,
    shown: 1,
    total: 3,
    next: null,
  })
})

test('grep lists files or counts instead of lines', async () => {
  await using open = await openAgent(tree)
  const files = await open.agent.runTool('grep', { pattern: 'two', mode: 'files' })
  expect(files).toMatchObject({
    text: '.hidden.txt\na.txt\nsub-c.md\n',
    data: { files: ['.hidden.txt', 'a.txt', 'sub-c.md'] },
  })
  const counts = await open.agent.runTool('grep', { pattern: 'e', mode: 'count', path: 'a.txt' })
  expect(counts).toMatchObject({ text: 'a.txt:3\n', data: { counts: [{ path: 'a.txt', count: 3 }] } })
})

test('grep shows 100 matches and cuts long lines, unless everything is asked for', async () => {
  const many = 'match\n'.repeat(150)
  await using open = await openAgent({ 'many.txt': many, 'wide.txt': `wide ${'x'.repeat(3000)}\n` })
  expect(await open.agent.runTool('grep', { pattern: 'match' })).toMatchObject({ shown: 100, total: 150 })
  const all = await open.agent.runTool('grep', { pattern: 'match', limit: 0 })
  expect(all).toMatchObject({ shown: 150, truncated: false })
  const wide = await open.agent.runTool('grep', { pattern: 'wide' })
  expect(wide.text).toContain('more characters]\n[Shown: matches 1 to 1 of 1, long lines cut. The rest: grep')
  expect((await open.agent.runTool('grep', wide.next?.arguments)).text).toBe(`wide.txt:1:wide ${'x'.repeat(3000)}\n`)
})

test('grep finds what was appended since it last looked, and says that it repaired its answer', async () => {
  await using open = await openAgent(tree)
  await open.agent.runTool('grep', { pattern: 'two' })
  appendFileSync(join(open.root, 'a.txt'), 'two again\n')
  const result = await open.agent.runTool('grep', { pattern: 'two' })
  expect(result.text).toContain('a.txt:7:two again\n')
  expect(['repaired', 'miss']).toContain(result.cache.outcome)
})
