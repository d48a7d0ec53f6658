import { FakeClock, scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const hour = 3_600_000
const answers = (count: number): ReturnType<typeof scriptedModel> =>
  scriptedModel(Array.from({ length: count }, (_, index) => ({ text: `answer ${index + 1}` })))

test.each([true, false])('listSessions() names those that are not over, the last first (new cache: %s)', async (on) => {
  const clock = new FakeClock()
  await using open = await openAgent({}, { model: answers(4), clock, useNewCache: on })
  await open.agent.chat('over soon', { sessionId: 'old' })
  clock.advance(hour / 2)
  await open.agent.chat('  What is\n the plan?  ', { sessionId: 'plan' })
  await open.agent.chat('and then?', { sessionId: 'plan' })
  clock.advance(hour / 2)
  await open.agent.chat('x'.repeat(100), { sessionId: 'long' })
  const now = clock.now()
  const time = (offset: number): string => new Date(now + offset).toISOString()
  expect(await open.agent.listSessions()).toEqual([
    { session_id: 'long', title: `${'x'.repeat(79)}…`, messages: 2, saved_at: time(0), expires_at: time(hour) },
    {
      session_id: 'plan',
      title: 'What is the plan?',
      messages: 4,
      saved_at: time(-hour / 2),
      expires_at: time(hour / 2),
    },
  ])
})

test('exportSession() gives every message with its tool calls and what they came to', async () => {
  const calls = ['a.md', 'gone.md'].map((path) => ({ tool: 'cat', arguments: { path }, id: path }))
  const model = scriptedModel([{ toolCalls: calls }, { text: 'It says A.' }])
  await using open = await openAgent({ 'a.md': 'A\n' }, { model })
  await open.agent.chat('What does a.md say?', { sessionId: 's' })
  const { messages, ...head } = await open.agent.exportSession('s')
  expect(head).toMatchObject({ session_id: 's', title: 'What does a.md say?' })
  expect(messages).toEqual([
    { role: 'user', text: 'What does a.md say?' },
    {
      role: 'assistant',
      text: '',
      tool_calls: [
        { id: 'a.md', name: 'cat', arguments: { path: 'a.md' } },
        { id: 'gone.md', name: 'cat', arguments: { path: 'gone.md' } },
      ],
    },
    {
      role: 'tool',
      results: [
        { id: 'a.md', name: 'cat', ok: true, text: expect.stringMatching(/^<data (\S+)>\nA\n<\/data \1>$/) },
        { id: 'gone.md', name: 'cat', ok: false, text: expect.stringMatching(/^FILE_NOT_FOUND: /) },
      ],
    },
    { role: 'assistant', text: 'It says A.', tool_calls: [] },
  ])
})

test('exportSession() keeps what the planner found, as text', async () => {
  await using open = await openAgent({ 'a.md': 'A\n' })
  await open.agent.chat('Show a.md', { sessionId: 's' })
  const { messages } = await open.agent.exportSession('s')
  const results = messages.flatMap((message) => (message.role === 'tool' ? message.results : []))
  expect(results.find(({ name }) => name !== 'find')).toMatchObject({ ok: true, text: 'A\n' })
})

test('exportSession() and deleteSession() refuse what is no session, or none any more', async () => {
  const clock = new FakeClock()
  await using open = await openAgent({}, { model: answers(1), clock })
  await open.agent.chat('hi', { sessionId: 's' })
  clock.advance(hour)
  for (const [id, code] of [
    ['s', 'AGENT_SESSION_NOT_FOUND'],
    ['../s', 'AGENT_SESSION_INVALID'],
  ] as const) {
    await expect(open.agent.exportSession(id)).rejects.toMatchObject({ code })
    await expect(open.agent.deleteSession(id)).rejects.toMatchObject({ code })
  }
})

test('deleteSession() waits for the turn that runs, so that it does not bring the session back', async () => {
  let finish = (): void => {}
  const asked = new Promise<void>((resolve) => {
    finish = resolve
  })
  let begun = (): void => {}
  const running = new Promise<void>((resolve) => {
    begun = resolve
  })
  const model = scriptedModel([
    async () => {
      begun()
      await asked
      return { text: 'late' }
    },
  ])
  await using open = await openAgent({}, { model })
  const turn = open.agent.chat('hi', { sessionId: 's' })
  await running
  const deleted = open.agent.deleteSession('s')
  finish()
  await Promise.all([turn, deleted])
  expect(await open.agent.listSessions()).toEqual([])
})

test('a session goes on with all it held when it would have been over before the answer came', async () => {
  const clock = new FakeClock()
  const model = scriptedModel([
    { text: 'one' },
    () => {
      clock.advance(2000)
      return { text: 'two' }
    },
  ])
  await using open = await openAgent({}, { model, clock })
  await open.agent.chat('first', { sessionId: 's' })
  clock.advance(hour - 1000)
  await open.agent.chat('second', { sessionId: 's' })
  expect((await open.agent.exportSession('s')).messages).toHaveLength(4)
})

test('a session leaves the store when it is over, and not with clearCaches()', async () => {
  const clock = new FakeClock()
  await using open = await openAgent({}, { model: answers(1), clock })
  await open.agent.chat('hi', { sessionId: 's' })
  await open.agent.clearCaches()
  const store = open.agent.cacheManager?.persistentCache?.namespace('session')
  expect(await store?.has('s')).toBe(true)
  clock.advance(hour)
  expect(await store?.has('s')).toBe(false)
})
