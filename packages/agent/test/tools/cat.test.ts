import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')

test('cat gives the text of a file exactly', async () => {
  const tree = { 'crlf.txt': 'a\r\nb\r\n', 'bom.txt': '\uFEFFx\n', 'open.txt': 'no newline', 'empty.txt': '' }
  await using open = await openAgent(tree)
  for (const [path, text] of Object.entries(tree)) {
    const result = await open.agent.runTool('cat', { path })
    expect(result).toMatchObject({ ok: true, text, truncated: false, next: null, error: null })
  }
  const empty = await open.agent.runTool('cat', { path: 'empty.txt' })
  expect(empty.data).toEqual({
    path: 'empty.txt',
    start_line: 1,
    end_line: 0,
    total_lines: 0,
    encoding: 'utf-8',
    bytes: 0,
  })
})

test('cat gives lines of a file, and the root may stand in front of its path', async () => {
  await using open = await openAgent({ 'sub/a.txt': lines(20) })
  const result = await open.agent.runTool('cat', { path: 'data/sub/a.txt', start_line: 3, end_line: 4 })
  expect(result).toMatchObject({ text: 'line 3\nline 4\n', shown: 2, total: 2, truncated: false })
  expect(result.data).toEqual({
    path: 'sub/a.txt',
    start_line: 3,
    end_line: 4,
    total_lines: 20,
    encoding: 'utf-8',
    bytes: 14,
  })
  const beyond = await open.agent.runTool('cat', { path: 'sub/a.txt', start_line: 30 })
  expect(beyond).toMatchObject({ ok: true, text: '', shown: 0, total: 0, truncated: false })
})

test('cat names the call for the rest, and following it gives every line once', async () => {
  await using open = await openAgent({ 'a.txt': lines(7) })
  let text = ''
  let call: { tool: string; arguments: Readonly<Record<string, unknown>> } | null = {
    tool: 'cat',
    arguments: { path: 'a.txt', limit: 3 },
  }
  const notices: string[] = []
  while (call !== null) {
    const result = await open.agent.runTool(call.tool, call.arguments)
    const body = result.truncated ? result.text.split('\n').slice(0, -2).join('\n') + '\n' : result.text
    if (result.truncated) notices.push(result.text.split('\n').at(-2) ?? '')
    text += body
    call = result.next
  }
  expect(text).toBe(lines(7))
  expect(notices).toEqual([
    '[Shown: lines 1 to 3 of 7. The rest: cat {"path":"a.txt","start_line":4,"limit":3}]',
    '[Shown: lines 4 to 6 of 7. The rest: cat {"path":"a.txt","start_line":7,"limit":3}]',
  ])
})

test('cat keeps the end of a range in the call for the rest', async () => {
  await using open = await openAgent({ 'a.txt': lines(50) })
  const { next, total } = await open.agent.runTool('cat', { path: 'a.txt', start_line: 10, end_line: 19, limit: 4 })
  expect(total).toBe(10)
  expect(next?.arguments).toEqual({ path: 'a.txt', start_line: 14, end_line: 19, limit: 4 })
})

test('cat shows 2,000 lines and 50 KiB at most, unless everything is asked for', async () => {
  const wide = `${'x'.repeat(99)}\n`.repeat(1000)
  await using open = await openAgent({ 'long.txt': lines(2500), 'wide.txt': wide })
  const long = await open.agent.runTool('cat', { path: 'long.txt' })
  expect(long).toMatchObject({ truncated: true, shown: 2000, total: 2500 })
  const wideResult = await open.agent.runTool('cat', { path: 'wide.txt' })
  expect(wideResult).toMatchObject({ truncated: true, shown: 512, total: 1000 })
  expect((await open.agent.runTool('cat', { path: 'wide.txt', limit: 0 })).text).toBe(wide)
  expect((await open.agent.runTool('cat', { path: 'long.txt', limit: 0 })).text).toBe(lines(2500))
})

test('cat cuts long lines between code points, and the call it names gives them whole', async () => {
  const longLine = `${'a'.repeat(1999)}😀${'b'.repeat(100)}`
  await using open = await openAgent({ 'a.txt': `short\n${longLine}\nend\n` })
  const result = await open.agent.runTool('cat', { path: 'a.txt' })
  expect(result.text).toContain(
    `\n${'a'.repeat(1999)} [102 more characters]\nend\n[Shown: lines 1 to 3 of 3, long lines cut: 2.`,
  )
  expect(result.next?.arguments).toEqual({ path: 'a.txt', start_line: 2, end_line: 2, limit: 0 })
  const rest = await open.agent.runTool('cat', result.next?.arguments)
  expect(rest.text).toBe(`${longLine}\n`)
})

test('cat shows the start of a file of one very long line', async () => {
  const text = '😀'.repeat(1_000_000)
  await using open = await openAgent({ 'one.txt': text })
  const result = await open.agent.runTool('cat', { path: 'one.txt' })
  expect(result.text.length).toBeLessThan(2200)
  expect(result.text.isWellFormed()).toBe(true)
  expect((await open.agent.runTool('cat', { path: 'one.txt', limit: 0 })).text).toBe(text)
})

test('cat decodes UTF-16, and gives the bytes of what text cannot say', async () => {
  await using open = await openAgent({ 'latin.txt': Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]) })
  writeFileSync(join(open.root, 'wide.txt'), Buffer.from('\uFEFFgrüße\nzwei\n', 'utf16le'))
  const wide = await open.agent.runTool('cat', { path: 'wide.txt', start_line: 2 })
  expect(wide).toMatchObject({ text: 'zwei\n', data: { encoding: 'utf-16le', total_lines: 2, bytes: 10 } })
  const latin = await open.agent.runTool('cat', { path: 'latin.txt' })
  expect(latin).toMatchObject({ text: 'caf\uFFFD\n', data: { encoding: 'utf-8-lossy', base64: 'Y2Fm6Qo=' } })
})

test('cat pages through a file above the size that is cached whole', async () => {
  const text = lines(3000)
  await using open = await openAgent({ 'large.txt': text }, { maxFileSize: 1024 })
  const page = await open.agent.runTool('cat', { path: 'large.txt', start_line: 2990, limit: 5 })
  expect(page.text).toBe(
    'line 2990\nline 2991\nline 2992\nline 2993\nline 2994\n[Shown: lines 2990 to 2994 of 3000. The rest: cat {"path":"large.txt","start_line":2995,"limit":5}]\n',
  )
  expect(page.cache.outcome).toBe('bypass')
  const tail = await open.agent.runTool('tail', { path: 'large.txt', lines: 2 })
  expect(tail).toMatchObject({ text: 'line 2999\nline 3000\n', data: { start_line: 2999, end_line: 3000 } })
})

test('cat reports how the cache took part', async () => {
  await using open = await openAgent({ 'a.txt': 'one\n' })
  expect((await open.agent.runTool('cat', { path: 'a.txt' })).cache).toEqual({
    outcome: 'miss',
    tier: null,
    verified_by: 'read',
    age_seconds: null,
  })
  // A file that was written just now is compared by its hash until its time stamp can prove it.
  expect(['hit', 'confirmed']).toContain((await open.agent.runTool('cat', { path: 'a.txt' })).cache.outcome)
  writeFileSync(join(open.root, 'a.txt'), 'two\n')
  expect(await open.agent.runTool('cat', { path: 'a.txt' })).toMatchObject({
    text: 'two\n',
    cache: { outcome: 'miss' },
  })
})
