import { request } from 'node:http'
import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'
import { waitingModel } from './waiting-model.js'

test('POST /api/chat answers with citations and tool calls', async () => {
  await using server = await openTestServer()
  const { status, body } = await server.post('/api/chat', { message: 'Search for TODO in data/notes' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    session_id: expect.stringMatching(/./),
    text: expect.stringContaining('notes/todo.md:3'),
    citations: expect.arrayContaining([expect.objectContaining({ path: 'notes/todo.md', line: 3 })]),
    tool_calls: expect.arrayContaining([
      expect.objectContaining({ name: 'grep', result: expect.objectContaining({ ok: true }) }),
    ]),
    finish_reason: 'stop',
  })
})

test('POST /api/chat goes on with the session that it is given', async () => {
  const model = scriptedModel([{ text: 'answer 1' }, { text: 'answer 2' }])
  await using server = await openTestServer({ agentOptions: { model } })
  const first = await server.post('/api/chat', { message: 'one', session_id: 'review' })
  const second = await server.post('/api/chat', { message: 'two', session_id: 'review' })
  expect([first.body, second.body]).toMatchObject([
    { session_id: 'review', text: 'answer 1' },
    { session_id: 'review', text: 'answer 2' },
  ])
  expect(JSON.stringify(model.calls[1]?.prompt)).toContain('answer 1')
})

test('POST /api/chat answers 502 when the model fails', async () => {
  const model = scriptedModel([{ error: new Error('the provider is down') }])
  await using server = await openTestServer({ agentOptions: { model } })
  expect(await server.post('/api/chat', { message: 'Hello?' })).toMatchObject({
    status: 502,
    body: { error: 'AGENT_MODEL_FAILED', message: expect.stringMatching(/^Cannot /), details: null },
  })
})

test('a client that goes away ends its turn', async () => {
  const { model, asked } = waitingModel()
  await using server = await openTestServer({ agentOptions: { model } })
  const client = request(`${server.url}/api/chat`, { method: 'POST', headers: { 'content-type': 'application/json' } })
  client.on('error', () => {})
  client.end('{"message":"Wait"}')
  const signal = await asked
  const ended = new Promise((resolve) => {
    signal.addEventListener('abort', resolve)
  })
  client.destroy()
  await ended
  expect(signal.aborted).toBe(true)
})
