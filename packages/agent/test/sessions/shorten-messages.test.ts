import type { ModelMessage } from 'ai'
import { expect, test } from 'vitest'
import { shortenMessages } from '../../src/sessions/shorten-messages.js'

const toolMessage = (
  output:
    | { type: 'text' | 'error-text'; value: string }
    | { type: 'json'; value: { text: string; error?: { code: string; message: string } } },
): ModelMessage => ({
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: '1', toolName: 'cat', output }],
})

test('shortenMessages() cuts large results and keeps the rest as it is', () => {
  const small = toolMessage({ type: 'text', value: 'small' })
  const user: ModelMessage = { role: 'user', content: 'x'.repeat(100_000) }
  const large = toolMessage({ type: 'text', value: 'é'.repeat(50_000) })
  const [first, second, third] = shortenMessages([small, user, large])
  expect([first, second]).toEqual([small, user])
  expect(third).toEqual(
    toolMessage({ type: 'text', value: `${'é'.repeat(25_600)}\n[48800 more bytes were not kept.]` }),
  )
})

test('shortenMessages() keeps the text of results that were data', () => {
  expect(shortenMessages([toolMessage({ type: 'json', value: { text: 'A' } })])).toEqual([
    toolMessage({ type: 'text', value: 'A' }),
  ])
})

test('shortenMessages() closes the fence of a result that it cuts', () => {
  const value = `<data token>\n${'x'.repeat(60_000)}\n</data token>`
  const [message] = shortenMessages([toolMessage({ type: 'text', value })])
  expect(JSON.stringify(message)).toContain(String.raw`xxx\n</data token>\n[`)
})

test('shortenMessages() keeps why a call failed whose result was data', () => {
  const error = { code: 'FILE_NOT_FOUND', message: 'Cannot open "a.md"' }
  expect(shortenMessages([toolMessage({ type: 'json', value: { text: '', error } })])).toEqual([
    toolMessage({ type: 'error-text', value: 'FILE_NOT_FOUND: Cannot open "a.md"' }),
  ])
})
