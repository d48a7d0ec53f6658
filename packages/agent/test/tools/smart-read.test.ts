import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const filler = (count: number): string => 'nothing of note here\n'.repeat(count)

test('smart_read gives a small file whole', async () => {
  await using open = await openAgent({ 'a.md': '# A\ntext\n' })
  const result = await open.agent.runTool('smart_read', { path: 'a.md', query: 'text' })
  expect(result).toMatchObject({ text: '# A\ntext\n', truncated: false, data: { strategy: 'whole' } })
})

test('smart_read gives the passages of a larger file that a query is about, rare words first', async () => {
  const text = `${filler(3000)}the retention period is nine weeks\n${filler(3000)}`
  await using open = await openAgent({ 'a.md': text })
  const result = await open.agent.runTool('smart_read', { path: 'a.md', query: 'note: retention period?', limit: 9 })
  expect(result.data).toMatchObject({ strategy: 'passages', passages: [{ start_line: 2997, end_line: 3005 }] })
  expect(result.text).toContain('\n3001:the retention period is nine weeks\n')
  expect(result).toMatchObject({ truncated: true, shown: 9, total: 6001 })
  expect(result.next).toEqual({ tool: 'cat', arguments: { path: 'a.md', start_line: 1 } })
})

test('smart_read gives the start and the headings of a medium file', async () => {
  const text = `# Title\n${filler(100)}## Part\n${filler(100)}export function f() {\n`
  await using open = await openAgent({ 'a.md': text.repeat(30) }, { smallFileThreshold: 1000 })
  const result = await open.agent.runTool('smart_read', { path: 'a.md' })
  expect(result.data).toMatchObject({ strategy: 'outline' })
  expect(result.text).toMatch(/^1:# Title\n2:nothing/)
  expect(result.text).toContain('\n102:## Part\n203:export function f() {\n204:# Title\n')
})

test('smart_read gives ranges only of a large file', async () => {
  await using open = await openAgent({ 'a.md': filler(5000) }, { smallFileThreshold: 10, mediumFileThreshold: 100 })
  const result = await open.agent.runTool('smart_read', { path: 'a.md', query: 'note' })
  expect(result).toMatchObject({ truncated: true, shown: 2000, data: { strategy: 'range' } })
  const range = await open.agent.runTool('smart_read', { path: 'a.md', start_line: 4999 })
  expect(range).toMatchObject({ text: filler(2), data: { strategy: 'range', start_line: 4999, end_line: 5000 } })
})

test('smart_read cuts lines that are too long, at the start of an outline as in passages', async () => {
  const long = 'x'.repeat(300_000)
  await using open = await openAgent({ 'a.md': `${long}\n${filler(5000)}the needle ${long}\n${filler(5000)}` })
  const outline = await open.agent.runTool('smart_read', { path: 'a.md', query: 'absent' })
  expect(outline).toMatchObject({ truncated: true, data: { strategy: 'outline' } })
  expect(outline.text).toMatch(/^1:x{2000} \[298000 more characters\]\n2:nothing/)
  expect(Buffer.byteLength(outline.text)).toBeLessThan(60_000)
  const passages = await open.agent.runTool('smart_read', { path: 'a.md', query: 'needle' })
  expect(passages).toMatchObject({ truncated: true, shown: 9, data: { strategy: 'passages' } })
  expect(passages.text).toMatch(/\n5002:the needle x+ \[\d+ more characters\]\n/)
})
