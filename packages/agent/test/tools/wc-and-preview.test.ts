import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

test('wc prints lines, words and bytes as GNU wc does', async () => {
  await using open = await openAgent({
    'a b.txt': 'one two\nthree\u00a0é',
    'bytes.bin': new Uint8Array([0, 10, 255, 32, 65]),
  })
  expect(await open.agent.runTool('wc', { path: 'a b.txt' })).toMatchObject({
    text: '1 4 17 a b.txt\n',
    data: { lines: 1, words: 4, bytes: 17 },
  })
  expect(await open.agent.runTool('wc', { path: 'bytes.bin' })).toMatchObject({
    ok: true,
    data: { lines: 1, bytes: 5 },
  })
})

test('preview shows the first and the last lines with what lies between them', async () => {
  const text = Array.from({ length: 10 }, (_, index) => `${index + 1}\n`).join('')
  await using open = await openAgent({ 'a.txt': text })
  const result = await open.agent.runTool('preview', { path: 'a.txt', lines: 2 })
  expect(result.text).toBe('a.txt: text, utf-8, 21 bytes, 10 lines\n1\n2\n[6 lines not shown]\n9\n10\n')
  expect(result.data).toEqual({
    path: 'a.txt',
    kind: 'text',
    encoding: 'utf-8',
    size: 21,
    total_lines: 10,
    first_lines: '1\n2\n',
    last_lines: '9\n10\n',
  })
})

test('preview shows a small file whole and says what a binary file is', async () => {
  await using open = await openAgent({ 'a.txt': '1\n2\n3', 'b.bin': new Uint8Array([1, 0, 2]) })
  const small = await open.agent.runTool('preview', { path: 'a.txt', lines: 2 })
  expect(small.text).toBe('a.txt: text, utf-8, 5 bytes, 3 lines\n1\n2\n3\n')
  const binary = await open.agent.runTool('preview', { path: 'b.bin' })
  expect(binary).toMatchObject({ ok: true, text: 'b.bin: binary, 3 bytes\n', data: { kind: 'binary', size: 3 } })
})
