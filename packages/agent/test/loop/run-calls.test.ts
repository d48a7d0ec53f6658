import { expect, test } from 'vitest'
import { startCalls } from '../../src/loop/run-calls.js'
import { noCache } from '../../src/tools/tool-runner.js'
import type { ToolResult } from '../../src/tools/tool-result.js'

const result = (tool: string): ToolResult => ({
  tool,
  arguments: {},
  ok: true,
  text: tool,
  data: null,
  truncated: false,
  shown: 0,
  total: 0,
  next: null,
  cache: noCache,
  duration_ms: 0,
  error: null,
})
const calls = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, name: `tool-${index}`, input: {} }))

test.each([1, 5])('startCalls() runs %i at a time and keeps the order asked for', async (concurrency) => {
  let running = 0
  let most = 0
  const run = async ({ name }: { name: string }): Promise<ToolResult> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    return result(name)
  }
  const finished = await Promise.all(
    startCalls(calls, { run, concurrency, structured: false, maxOutputBytes: 1000 }, signal()),
  )
  expect(most).toBe(concurrency)
  expect(finished.map(({ result: { text } }) => text)).toEqual(calls.map(({ name }) => name))
})

test('startCalls() turns a mistake in one tool into its result, without its message', async () => {
  const run = async ({ name }: { name: string }): Promise<ToolResult> => {
    if (name === 'tool-1') throw new TypeError('secret /absolute/path')
    return result(name)
  }
  const finished = await Promise.all(
    startCalls(calls.slice(0, 3), { run, concurrency: 5, structured: false, maxOutputBytes: 1000 }, signal()),
  )
  expect(finished.map(({ result: { error } }) => error)).toEqual([
    null,
    { code: 'TOOL_FAILED', message: 'Cannot run tool "tool-1": unexpected TypeError' },
    null,
  ])
})

function signal(): AbortSignal {
  return new AbortController().signal
}
