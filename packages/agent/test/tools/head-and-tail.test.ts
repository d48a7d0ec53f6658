import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

test('head and tail give lines from the start and from the end', async () => {
  await using open = await openAgent({ 'a.txt': '1\n2\n3\n4\n5' })
  const run = async (tool: string, lines: number): Promise<string> =>
    (await open.agent.runTool(tool, { path: 'a.txt', lines })).text
  expect(await run('head', 2)).toBe('1\n2\n')
  expect(await run('head', 9)).toBe('1\n2\n3\n4\n5')
  expect(await run('head', 0)).toBe('')
  expect(await run('tail', 2)).toBe('4\n5')
  expect(await run('tail', 9)).toBe('1\n2\n3\n4\n5')
  expect(await run('tail', 0)).toBe('')
})

test('tail numbers the lines that it gives', async () => {
  await using open = await openAgent({ 'a.txt': '1\n2\n3\n4\n5' })
  const { data } = await open.agent.runTool('tail', { path: 'a.txt', lines: 2 })
  expect(data).toMatchObject({ start_line: 4, end_line: 5, total_lines: 5 })
})

test('head names cat for the rest of the lines that were asked for', async () => {
  await using open = await openAgent({ 'a.txt': 'x\n'.repeat(3000) })
  const result = await open.agent.runTool('head', { path: 'a.txt', lines: 2500 })
  expect(result).toMatchObject({ shown: 2000, total: 2500, truncated: true })
  expect(result.next).toEqual({ tool: 'cat', arguments: { path: 'a.txt', start_line: 2001, end_line: 2500 } })
  const whole = await open.agent.runTool('head', { path: 'a.txt', lines: 2500, limit: 0 })
  expect(whole).toMatchObject({ shown: 2500, truncated: false })
})
