import { expect, test } from 'vitest'
import { toolOutputText } from '../../src/loop/tool-output.js'
import { failedResult } from '../../src/tools/tool-runner.js'
import type { ToolResult } from '../../src/tools/tool-result.js'

const result = (text: string): ToolResult => ({
  ...failedResult({ tool: 'cat', arguments: {} }, { code: 'X', message: 'y' }),
  ok: true,
  error: null,
  text,
})

test('toolOutputText() says that an output is empty and why a tool failed', () => {
  expect(toolOutputText(result(''), 100)).toBe('The output is empty.')
  expect(toolOutputText(failedResult({ tool: 'cat', arguments: {} }, { code: 'X', message: 'y' }), 100)).toBe('X: y')
})

test('toolOutputText() bounds what a model gets even when it asked for everything', () => {
  const text = toolOutputText(result('é'.repeat(1000)), 101)
  expect(text).toMatch(/^<data (\S+)>\né{50}\n<\/data \1>\n\[Only the first 100 bytes are given here\.\]$/)
})

test('toolOutputText() gives no lone surrogates to a provider', () => {
  expect(toolOutputText(result('b\udcffc\n'), 100)).toContain('\nb\uFFFDc\n')
})
