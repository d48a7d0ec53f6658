import { expect, test } from 'vitest'
import { openAgent } from './support/open-agent.js'

test('the embedded planner answers through the same loop, with citations', async () => {
  await using open = await openAgent({ 'notes/todo.md': '# Plan\n\nTODO: buy bread\n' })
  const answer = await open.agent.chat('Search for TODO in data/notes')
  expect(answer.text).toContain('notes/todo.md:3')
  expect(answer.citations).toEqual([{ path: 'notes/todo.md', line: 3, endLine: 3 }])
  expect(answer.finishReason).toBe('stop')
  const events: string[] = []
  for await (const event of open.agent.stream('Read notes/todo.md')) events.push(event.type)
  expect(events[0]).toBe('status')
  expect(events.at(-1)).toBe('done')
})
