import { FakeClock, scriptedModel, temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { createAgent } from '../../src/create-agent.js'
import { openAgent } from '../support/open-agent.js'

const countMessages = ({ prompt }: { prompt: readonly unknown[] }): { text: string } => ({
  text: `${prompt.length - 1}`,
})
const endless = Array.from({ length: 60 }, () => countMessages)

test('chat() continues a session and keeps others apart', async () => {
  await using open = await openAgent({}, { model: scriptedModel(endless) })
  const first = await open.agent.chat('one')
  expect(first.text).toBe('1')
  expect((await open.agent.chat('two', { sessionId: first.sessionId })).text).toBe('3')
  const other = await open.agent.chat('three')
  expect(other.text).toBe('1')
  expect(other.sessionId).not.toBe(first.sessionId)
})

test('chat() makes ids that nobody can guess and refuses those that are no ids', async () => {
  await using open = await openAgent({}, { model: scriptedModel(endless) })
  const { sessionId } = await open.agent.chat('hi')
  expect(sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  for (const id of ['', '../x', 'a b', 'a\0', 'x'.repeat(129), '.hidden']) {
    await expect(open.agent.chat('hi', { sessionId: id })).rejects.toMatchObject({ code: 'AGENT_SESSION_INVALID' })
  }
})

test.each([true, false])(
  'chat() forgets a session an hour after its last turn (new cache: %s)',
  async (useNewCache) => {
    const clock = new FakeClock()
    await using open = await openAgent({}, { model: scriptedModel(endless), clock, useNewCache })
    const say = async (): Promise<string> => (await open.agent.chat('hi', { sessionId: 's' })).text
    expect(await say()).toBe('1')
    clock.advance(3_599_000)
    expect(await say()).toBe('3')
    clock.advance(3_600_000)
    expect(await say()).toBe('1')
  },
)

test('chat() keeps the last 50 messages of a session, from a question on', async () => {
  await using open = await openAgent({}, { model: scriptedModel(endless) })
  let text = ''
  for (let turn = 0; turn < 30; turn += 1) ({ text } = await open.agent.chat('hi', { sessionId: 's' }))
  expect(text).toBe('51')
})

test('chat() lets one turn at a time go on in a session, in the order of the calls', async () => {
  let running = 0
  let most = 0
  const slow = async (call: { prompt: readonly unknown[] }): Promise<{ text: string }> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    return countMessages(call)
  }
  await using open = await openAgent({}, { model: scriptedModel(Array.from({ length: 8 }, () => slow)) })
  const turns = Array.from({ length: 4 }, async () => open.agent.chat('hi', { sessionId: 's' }))
  expect((await Promise.all(turns)).map(({ text }) => text)).toEqual(['1', '3', '5', '7'])
  expect(most).toBe(1)
  await Promise.all(Array.from({ length: 4 }, async () => open.agent.chat('hi')))
  expect(most).toBeGreaterThan(1)
})

test('chat() keeps the question of a turn that failed, and that it failed', async () => {
  const model = scriptedModel([countMessages, { error: new Error('boom') }, countMessages])
  await using open = await openAgent({}, { model })
  await open.agent.chat('one', { sessionId: 's' })
  await expect(open.agent.chat('two', { sessionId: 's' })).rejects.toMatchObject({ code: 'AGENT_MODEL_FAILED' })
  expect((await open.agent.chat('three', { sessionId: 's' })).text).toBe('5')
  expect(model.calls[2]?.prompt.slice(3, 5)).toMatchObject([
    { role: 'user', content: [{ text: 'two' }] },
    { role: 'assistant', content: [{ text: '[This answer failed: AGENT_MODEL_FAILED.]' }] },
  ])
})

test('chat() finds a session again after a restart, with its tool calls', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/a.md': 'A' })
  const options = { dataRoot: directory.join('data'), cacheDirectory: directory.join('cache') }
  const reading = scriptedModel([{ toolCalls: [{ tool: 'cat', arguments: { path: 'a.md' } }] }, { text: 'read' }])
  const first = await createAgent({ ...options, model: reading })
  await first.chat('read', { sessionId: 's' })
  await first.close()
  const model = scriptedModel([countMessages])
  await using second = await createAgent({ ...options, model })
  await second.chat('again', { sessionId: 's' })
  expect(model.calls[0]?.prompt.map(({ role }) => role)).toEqual([
    'system',
    'user',
    'assistant',
    'tool',
    'assistant',
    'user',
  ])
  await second.deleteSession('s')
  await expect(second.deleteSession('s')).rejects.toMatchObject({ code: 'AGENT_SESSION_NOT_FOUND' })
})
