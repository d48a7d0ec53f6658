import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { AgentEvent } from '../../src/agent-event.js'
import { openAgent } from '../support/open-agent.js'

const cat = (path: string): { tool: string; arguments: { path: string } } => ({ tool: 'cat', arguments: { path } })

test('stream() tells status, tool calls, their results in the order asked, tokens and the result', async () => {
  const model = scriptedModel([{ toolCalls: [cat('b.md'), cat('a.md')] }, { text: 'both read' }])
  await using open = await openAgent({ 'a.md': 'A', 'b.md': 'B' }, { model })
  const events = await all(open.agent.stream('read'))
  expect(events.map(({ type }) => type)).toEqual([
    'status',
    'tool_call',
    'tool_call',
    'tool_result',
    'tool_result',
    'status',
    'token',
    'token',
    'done',
  ])
  expect(events.flatMap((event) => (event.type === 'tool_result' ? [event.result.text] : []))).toEqual(['B', 'A'])
  expect(events.flatMap((event) => (event.type === 'token' ? [event.text] : [])).join('')).toBe('both read')
  expect(events.at(-1)).toMatchObject({ type: 'done', result: { text: 'both read', steps: 2, toolCalls: [{}, {}] } })
})

test('stream() gives results in the order asked, however much longer the first one takes', async () => {
  const calls = [{ tool: 'grep', arguments: { pattern: 'needle' } }, cat('b.md'), cat('a.md')]
  const model = scriptedModel([{ toolCalls: calls }, { text: 'ok' }])
  // A search is a process of its own, and a file that is read is not.
  await using open = await openAgent({ 'a.md': 'A', 'b.md': 'B', 'large.txt': 'hay\n'.repeat(500_000) }, { model })
  const events = await all(open.agent.stream('read'))
  const ended = events.flatMap((event) => (event.type === 'tool_result' ? [event.name + event.result.text] : []))
  expect(ended).toEqual(['grep', 'catB', 'catA'])
})

test('stream() makes ids unique, so that results can be matched to calls', async () => {
  const model = scriptedModel([
    {
      toolCalls: [
        { ...cat('a.md'), id: '' },
        { ...cat('b.md'), id: '' },
      ],
    },
    { text: 'ok' },
  ])
  await using open = await openAgent({ 'a.md': 'A', 'b.md': 'B' }, { model })
  const events = await all(open.agent.stream('read'))
  const called = events.flatMap((event) => (event.type === 'tool_call' ? [event.id] : []))
  const answered = events.flatMap((event) => (event.type === 'tool_result' ? [event.id] : []))
  expect(new Set(called).size).toBe(2)
  expect(answered).toEqual(called)
})

test('stream() ends with an error event when the model fails', async () => {
  await using open = await openAgent({}, { model: scriptedModel([{ error: new Error('boom') }]) })
  const events = await all(open.agent.stream('hi'))
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'AGENT_MODEL_FAILED' } })
  expect(await all(open.agent.stream(''))).toMatchObject([{ type: 'error', error: { code: 'AGENT_MESSAGE_EMPTY' } }])
})

test('stream() ends the turn when its consumer leaves, and keeps nothing of it', async () => {
  const signals: (AbortSignal | undefined)[] = []
  const model = scriptedModel([
    (call) => {
      signals.push(call.abortSignal)
      return { toolCalls: [cat('a.md')] }
    },
    ({ prompt }) => ({ text: `${prompt.length} messages` }),
  ])
  await using open = await openAgent({ 'a.md': 'A' }, { model })
  for await (const event of open.agent.stream('read', { sessionId: 's' })) if (event.type === 'tool_call') break
  expect(signals[0]?.aborted).toBe(true)
  // The system prompt and the question alone: the turn that was left is not part of the session.
  expect(await open.agent.chat('again', { sessionId: 's' })).toMatchObject({ text: '2 messages' })
})

async function all(events: AsyncIterable<AgentEvent>): Promise<AgentEvent[]> {
  const collected: AgentEvent[] = []
  for await (const event of events) collected.push(event)
  return collected
}
