import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'
import type { Answer, TestServer } from './open-test-server.js'

const answers = [{ text: 'one' }, { text: 'two' }, { text: 'three' }]
const openWithAnswers = async (): Promise<TestServer> =>
  openTestServer({ agentOptions: { model: scriptedModel(answers) } })

test('GET /api/chat/sessions lists what was said over HTTP, and each can be read whole', async () => {
  await using server = await openWithAnswers()
  expect(await server.get('/api/chat/sessions')).toEqual({ status: 200, body: { sessions: [] } })
  // The longest id that there may be.
  const long = 'x'.repeat(128)
  await server.post('/api/chat', { message: 'first', session_id: 'a.b-c_1' })
  await server.post('/api/chat', { message: 'second', session_id: long })
  const { body } = await server.get('/api/chat/sessions')
  expect(body).toMatchObject({
    sessions: expect.arrayContaining([
      expect.objectContaining({ session_id: 'a.b-c_1', title: 'first', messages: 2 }),
      expect.objectContaining({ session_id: long, title: 'second', messages: 2 }),
    ]),
  })
  expect(await server.get(`/api/chat/sessions/${long}`)).toMatchObject({
    status: 200,
    body: { session_id: long, messages: [{ text: 'second' }, { text: 'two' }] },
  })
})

test('DELETE /api/chat/sessions/{id} forgets a session, once', async () => {
  await using server = await openWithAnswers()
  await server.post('/api/chat', { message: 'hi', session_id: 's' })
  expect(await remove(server, 's')).toEqual({ status: 200, body: { session_id: 's', deleted: true } })
  const again = { status: 404, body: { error: 'AGENT_SESSION_NOT_FOUND', details: null } }
  expect(await remove(server, 's')).toMatchObject(again)
  expect(await server.get('/api/chat/sessions/s')).toMatchObject(again)
})

test.each(['%2e%2e%2fs', 'a%20b', '%00', 'x'.repeat(129)])('a session id is not %j', async (id) => {
  await using server = await openWithAnswers()
  const invalid = { status: 400, body: { error: 'AGENT_SESSION_INVALID', message: expect.stringMatching(/^Cannot /) } }
  expect(await server.get(`/api/chat/sessions/${id}`)).toMatchObject(invalid)
  expect(await remove(server, id)).toMatchObject(invalid)
})

test('sessions need the key when there is one', async () => {
  await using server = await openTestServer({ apiKey: 'k' })
  for (const path of ['/api/chat/sessions', '/api/chat/sessions/s']) {
    expect(await server.get(path)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } })
  }
})

async function remove({ url }: TestServer, id: string): Promise<Answer> {
  const response = await fetch(`${url}/api/chat/sessions/${id}`, { method: 'DELETE' })
  return { status: response.status, body: await response.json() }
}
