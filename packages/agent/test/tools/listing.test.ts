import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const tree = {
  'a.py': 'print()\n',
  'b.txt': '12345',
  'B.PY': '',
  'sub/deep/c.py': '',
  'sub/d.md': '',
  'sub-e/f.py': '',
  'sub/link': { link: 'd.md' },
  '.hidden': '',
  'ignored.log': '',
  '.gitignore': '*.log\n',
}

test('find prints paths by name, extension, type and size', async () => {
  await using open = await openAgent(tree)
  const text = async (call: object): Promise<string> => (await open.agent.runTool('find', call)).text
  expect(await text({ extension: 'py' })).toBe('a.py\nsub-e/f.py\nsub/deep/c.py\n')
  expect(await text({ extension: '.py', ignore_case: true })).toBe('B.PY\na.py\nsub-e/f.py\nsub/deep/c.py\n')
  expect(await text({ name: '[a-c].*', extension: 'py' })).toBe('a.py\nsub/deep/c.py\n')
  expect(await text({ name: 'd*', type: 'directory' })).toBe('sub/deep\n')
  expect(await text({ type: 'symlink' })).toBe('sub/link\n')
  expect(await text({ path: 'sub', max_depth: 1, type: 'file' })).toBe('sub/d.md\n')
  expect(await text({ type: 'file', min_size: 5, max_size: 5 })).toBe('b.txt\n')
  expect(await text({ name: '*.log' })).toBe('')
  expect(await text({ name: '*.log', include_ignored: true })).toBe('ignored.log\n')
  expect(await text({ name: 'no-such-*' })).toBe('')
})

test('find shows a page of paths and names the call for the next one', async () => {
  await using open = await openAgent(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}.txt`, ''])))
  const first = await open.agent.runTool('find', { limit: 3 })
  expect(first.text).toBe('0.txt\n1.txt\n2.txt\n[Shown: paths 1 to 3 of 5. The rest: find {"limit":3,"offset":3}]\n')
  expect(first).toMatchObject({ data: { paths: ['0.txt', '1.txt', '2.txt'] }, shown: 3, total: 5, truncated: true })
  const second = await open.agent.runTool('find', first.next?.arguments)
  expect(second).toMatchObject({ text: '3.txt\n4.txt\n', truncated: false, next: null })
})

test('find gives the largest, smallest, newest and oldest files, with their sizes and times', async () => {
  await using open = await openAgent({ 'a.txt': '1', 'b.txt': '333', 'c/c.txt': '22' })
  const time = (hour: number): Date => new Date(Date.UTC(2024, 0, 1, hour))
  for (const [index, path] of ['c/c.txt', 'a.txt', 'b.txt'].entries())
    utimesSync(join(open.root, path), time(index), time(index))
  const paths = async (sort: string): Promise<unknown> => (await open.agent.runTool('find', { sort })).data
  expect(await paths('largest')).toMatchObject({ paths: ['b.txt', 'c/c.txt', 'a.txt'] })
  expect(await paths('smallest')).toMatchObject({ paths: ['a.txt', 'c/c.txt', 'b.txt'] })
  expect(await paths('newest')).toMatchObject({ paths: ['b.txt', 'a.txt', 'c/c.txt'] })
  expect(await paths('oldest')).toMatchObject({ paths: ['c/c.txt', 'a.txt', 'b.txt'] })
  const largest = await open.agent.runTool('find', { sort: 'largest', limit: 1 })
  expect(largest.text).toMatch(/^ +3 2024-01-01T02:00:00\.000Z b\.txt\n\[Shown/)
  expect(largest.data).toEqual({
    paths: ['b.txt'],
    entries: [{ path: 'b.txt', size: 3, modified: '2024-01-01T02:00:00.000Z' }],
  })
})

test('ls lists one directory, hidden and ignored entries included', async () => {
  await using open = await openAgent(tree)
  const result = await open.agent.runTool('ls')
  expect(result.text).toBe('.gitignore\n.hidden\nB.PY\na.py\nb.txt\nignored.log\nsub/\nsub-e/\n')
  expect((await open.agent.runTool('ls', { path: 'sub' })).text).toBe('d.md\ndeep/\nlink@\n')
  expect((await open.agent.runTool('ls', { include_ignored: false })).text).not.toContain('ignored.log')
})

test('ls gives kind, size and time of change', async () => {
  await using open = await openAgent({ 'b.txt': '12345' })
  utimesSync(join(open.root, 'b.txt'), 1_700_000_000, 1_700_000_000)
  const result = await open.agent.runTool('ls', { long: true })
  expect(result.data).toEqual({
    entries: [{ name: 'b.txt', path: 'b.txt', kind: 'file', size: 5, modified: '2023-11-14T22:13:20.000Z' }],
  })
  expect(result.text).toBe('file                 5 2023-11-14T22:13:20.000Z b.txt\n')
})

test('tree draws directories a few levels deep', async () => {
  await using open = await openAgent({ 'a/b/c.txt': '', 'a/d.txt': '', 'a-z.txt': '' })
  const result = await open.agent.runTool('tree', { depth: 2 })
  expect(result.text).toBe('.\n├── a/\n│   ├── b/\n│   └── d.txt\n└── a-z.txt\n')
  expect(result.data).toMatchObject({ directories: 2, files: 2, entries: [{ path: 'a', depth: 1 }, {}, {}, {}] })
  const cut = await open.agent.runTool('tree', { depth: 2, limit: 1 })
  expect(cut).toMatchObject({
    truncated: true,
    shown: 1,
    total: 4,
    next: { tool: 'tree', arguments: { depth: 2, limit: 0 } },
  })
})

test('ls, find and tree of an empty directory print nothing but its name', async () => {
  await using open = await openAgent({ 'empty/': '' })
  expect(await open.agent.runTool('ls', { path: 'empty' })).toMatchObject({ ok: true, text: '', total: 0 })
  expect(await open.agent.runTool('find', { path: 'empty' })).toMatchObject({ ok: true, text: '', total: 0 })
  expect(await open.agent.runTool('tree', { path: 'empty' })).toMatchObject({ ok: true, text: 'empty\n', total: 0 })
})
