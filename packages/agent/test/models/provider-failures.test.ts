import { describe, expect, test } from 'vitest'
import { askAgent, eventsOf } from '../support/ask-agent.js'
import { startModelServer, type Behaviour } from '../support/model-server/model-server.js'
import { wireKey } from '../support/model-server/wire-protocol.js'
import { wireProtocols } from '../support/model-server/wire-protocols.js'
import { openAgent } from '../support/open-agent.js'

const answer = { text: 'The answer is long enough to be cut.' }
const reading = { calls: [{ id: '1', name: 'cat', arguments: '{"path":"a.md"}' }] }
/** Real services send this header too; here it keeps the tests quick. */
const soon = { 'retry-after-ms': '1' }

/** What is asked with which behaviours of the server, and what must come of it. */
interface Failure {
  readonly name: string
  readonly behaviours: readonly Behaviour[]
  readonly code: string
  readonly requests: number
}

const failures: readonly Failure[] = [
  failure('a key that is refused', [{ status: 401, message: `bad key ${wireKey}` }], 'AGENT_MODEL_UNAUTHORIZED', 1),
  failure('a deployment that does not exist', [{ status: 404 }], 'AGENT_MODEL_NOT_FOUND', 1),
  failure(
    'a wait that is too long',
    [{ status: 429, headers: { 'retry-after': '3600' } }],
    'AGENT_MODEL_RATE_LIMITED',
    1,
  ),
  failure('a limit that stays', repeated({ status: 429, headers: soon }), 'AGENT_MODEL_RATE_LIMITED', 3),
  failure('a server that stays broken', repeated({ status: 500, headers: soon }), 'AGENT_MODEL_UNAVAILABLE', 3),
  failure('a request that is wrong', [{ status: 400 }], 'AGENT_MODEL_FAILED', 1),
  failure('silence', [{ hang: 'at once', reply: answer }], 'AGENT_MODEL_TIMEOUT', 1),
  failure('silence in the middle', [{ hang: 'in the middle', reply: answer }], 'AGENT_MODEL_TIMEOUT', 1),
]

/** What passes: each is followed by a good answer. */
const passing: readonly (readonly [string, Behaviour])[] = [
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }],
  ['529', { status: 529, headers: soon }],
  ['500 without a word about when', { status: 500 }],
  ['a connection that breaks before the answer', { cut: 'before', reply: answer }],
  ['a stream that says it failed', { errorInStream: true }],
]

describe.each(wireProtocols)('$name', (protocol) => {
  describe.each([{ streamed: false }, { streamed: true }])('streamed: $streamed', ({ streamed }) => {
    test.concurrent.each(failures)('chat() says what to think of $name', async ({ behaviours, code, requests }) => {
      await using server = await startModelServer(protocol, [...behaviours, { text: 'again' }])
      const modelTimeout = code === 'AGENT_MODEL_TIMEOUT' ? 1 : 30
      await using open = await openAgent({}, { ...server.options, modelTimeout })
      const error: unknown = await askAgent(open.agent, 'My question', { streamed, sessionId: 's' }).catch((one) => one)
      expect(error).toMatchObject({ name: 'AgentError', code, sessionId: 's' })
      expect(String(error)).not.toContain(wireKey)
      expect(server.requests).toHaveLength(requests)
      expect(await askAgent(open.agent, 'Once more', { streamed, sessionId: 's' })).toMatchObject({ text: 'again' })
      const sent = JSON.stringify(server.requests.at(-1)?.body.messages)
      expect(sent).toContain('My question')
      expect(sent).toContain(`This answer failed: ${code}`)
    })

    test.concurrent.each(passing)('chat() asks again after %s', async (_, behaviour) => {
      await using server = await startModelServer(protocol, [reading, behaviour, answer])
      await using open = await openAgent({ 'a.md': 'A' }, server.options)
      const result = await askAgent(open.agent, 'My question', { streamed })
      expect(result).toMatchObject({ ...answer, steps: 2, toolCalls: [{ result: { text: 'A' } }] })
      expect(server.requests).toHaveLength(3)
    })

    test('chat() keeps what the tools found when the model fails after them', async () => {
      await using server = await startModelServer(protocol, [reading, { status: 401 }, answer])
      await using open = await openAgent({ 'a.md': 'found it' }, server.options)
      await expect(askAgent(open.agent, 'Read', { streamed, sessionId: 's' })).rejects.toMatchObject({ sessionId: 's' })
      await askAgent(open.agent, 'Once more', { streamed, sessionId: 's' })
      expect(JSON.stringify(server.requests.at(-1)?.body.messages)).toContain('found it')
    })
  })

  test.each<readonly [string, Behaviour]>([
    ['breaks', { cut: 'middle', reply: answer }],
    ['ends without its last events', { unfinished: answer }],
  ])('stream() says that an answer is not whole when it %s, and keeps what there is', async (_, behaviour) => {
    await using server = await startModelServer(protocol, [behaviour, { text: 'again' }])
    await using open = await openAgent({}, server.options)
    const events = await eventsOf(open.agent.stream('My question', { sessionId: 's' }))
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'AGENT_MODEL_INTERRUPTED' } })
    const text = events.flatMap((event) => (event.type === 'token' ? [event.text] : [])).join('')
    expect(answer.text.startsWith(text) && text !== '').toBe(true)
    expect(server.requests).toHaveLength(1)
    await open.agent.chat('Go on', { sessionId: 's' })
    expect(JSON.stringify(server.requests[1]?.body.messages)).toContain(text)
  })

  test('stream() never runs tool calls of an answer that broke, and asks again because nothing was said', async () => {
    await using server = await startModelServer(protocol, [{ unfinished: reading }, answer])
    await using open = await openAgent({ 'a.md': 'A' }, server.options)
    const events = await eventsOf(open.agent.stream('My question'))
    expect(events.map((event) => (event.type === 'status' ? event.status : event.type)).slice(0, 2)).toEqual([
      'thinking',
      'retrying',
    ])
    expect(events.at(-1)).toMatchObject({ type: 'done', result: { ...answer, toolCalls: [] } })
  })

  test('chat() asks again when an answer in one piece breaks off', async () => {
    await using server = await startModelServer(protocol, [{ cut: 'middle', reply: answer }, answer])
    await using open = await openAgent({}, server.options)
    expect(await open.agent.chat('My question')).toMatchObject(answer)
  })
})

function repeated(behaviour: Behaviour): readonly Behaviour[] {
  return [behaviour, behaviour, behaviour]
}

function failure(...[name, behaviours, code, requests]: [string, readonly Behaviour[], string, number]): Failure {
  return { name, behaviours, code, requests }
}
