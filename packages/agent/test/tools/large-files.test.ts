import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const line = `${'é'.repeat(499)}\n`
const lineCount = 11_000
/** More than the content cache gives at a time, which is 10 MiB. */
const text = line.repeat(lineCount)

test('cat with limit 0 gives a file whole however large it is', async () => {
  await using open = await openAgent({ 'large.txt': text, 'one-line.txt': 'x'.repeat(11_000_000) })
  const result = await open.agent.runTool('cat', { path: 'large.txt', limit: 0 })
  expect(result).toMatchObject({ truncated: false, shown: lineCount, total: lineCount })
  expect(result.text === text).toBe(true)
  const oneLine = await open.agent.runTool('cat', { path: 'one-line.txt', limit: 0 })
  expect(oneLine.text).toHaveLength(11_000_000)
  expect(oneLine.truncated).toBe(false)
})

test('cat says what it left out of a file above the medium size', async () => {
  await using open = await openAgent({ 'large.txt': text }, { smallFileThreshold: 1, mediumFileThreshold: 1 })
  const result = await open.agent.runTool('cat', { path: 'large.txt', limit: 0 })
  expect(result.truncated).toBe(true)
  expect(result.text.split('\n').at(-2)).toMatch(/^\[Shown: lines 1 to \d+ of many\. The rest: cat/)
  const rest = await open.agent.runTool('cat', result.next?.arguments)
  expect(rest).toMatchObject({ ok: true, truncated: false, next: null })
  expect(result.text.slice(0, result.text.lastIndexOf('[')) + rest.text === text).toBe(true)
})

test('head, tail, wc and preview work on files that are not cached whole', async () => {
  await using open = await openAgent({ 'a.txt': '1\n2\n3\n4\n5' }, { maxFileSize: 1 })
  const text = async (tool: string, call: object): Promise<string> =>
    (await open.agent.runTool(tool, { path: 'a.txt', ...call })).text
  expect(await text('head', { lines: 0 })).toBe('')
  expect(await text('head', { lines: 2 })).toBe('1\n2\n')
  expect(await text('tail', { lines: 0 })).toBe('')
  expect(await text('tail', { lines: 2 })).toBe('4\n5')
  expect(await text('wc', {})).toBe('4 5 9 a.txt\n')
  expect(await text('preview', { lines: 1 })).toBe('a.txt: text, utf-8, 9 bytes, 5 lines\n1\n[3 lines not shown]\n5')
  expect(await text('preview', { lines: 0 })).toBe('a.txt: text, utf-8, 9 bytes, 5 lines\n[5 lines not shown]\n')
})

test('tail gives more than the content cache gives at a time, or says that it is too much', async () => {
  await using open = await openAgent({ 'large.txt': text })
  const call = { path: 'large.txt', lines: lineCount - 1, limit: 0 }
  const result = await open.agent.runTool('tail', call)
  expect(result.text === text.slice(line.length)).toBe(true)
  expect(result).toMatchObject({ truncated: false, data: { start_line: 2, end_line: lineCount } })
  await using small = await openAgent({ 'large.txt': text }, { smallFileThreshold: 1, mediumFileThreshold: 1 })
  expect(await small.agent.runTool('tail', call)).toMatchObject({ error: { code: 'FILE_TOO_LARGE' } })
})
