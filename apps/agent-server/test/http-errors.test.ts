import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'
import type { TestServer } from './open-test-server.js'

interface WrongRequest {
  readonly what: string
  readonly path: string
  readonly init: RequestInit
  readonly status: number
  readonly code: string
  readonly details?: unknown
}

const json = { 'content-type': 'application/json' }
const wrongRequests: readonly WrongRequest[] = [
  {
    what: 'malformed JSON',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '{"message":' },
    status: 400,
    code: 'JSON_INVALID',
  },
  {
    what: 'a prototype in JSON',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '{"__proto__":{"message":"x"}}' },
    status: 400,
    code: 'JSON_INVALID',
  },
  {
    what: 'an empty JSON body',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '' },
    status: 400,
    code: 'JSON_INVALID',
  },
  {
    what: 'a wrong type',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '{"message":7}' },
    status: 400,
    code: 'REQUEST_INVALID',
    details: [{ path: 'message', message: expect.any(String) }],
  },
  {
    what: 'an unknown key',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '{"message":"x","sesion_id":"y"}' },
    status: 400,
    code: 'REQUEST_INVALID',
    details: [{ path: '', message: expect.stringContaining('sesion_id') }],
  },
  {
    what: 'an empty question',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: '{"message":" "}' },
    status: 400,
    code: 'AGENT_MESSAGE_EMPTY',
  },
  {
    what: 'a form, as pages of other origins may send it',
    path: '/api/cache/clear',
    init: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
    status: 415,
    code: 'MEDIA_TYPE_UNSUPPORTED',
  },
  {
    what: 'a body of more than 1 MiB',
    path: '/api/chat',
    init: { method: 'POST', headers: json, body: JSON.stringify({ message: 'x'.repeat(1_048_577) }) },
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  { what: 'an unknown route', path: '/api/none', init: {}, status: 404, code: 'ROUTE_NOT_FOUND' },
  { what: 'a wrong method', path: '/api/chat', init: {}, status: 405, code: 'METHOD_NOT_ALLOWED' },
  { what: 'a URL that cannot be decoded', path: '/api/%zz', init: {}, status: 400, code: 'URL_INVALID' },
]

test('every wrong request gets { error, message, details } with its status', async () => {
  await using server = await openTestServer()
  for (const { what, path, init, status, code, details = null } of wrongRequests) {
    const response = await fetch(server.url + path, init)
    const body: unknown = await response.json()
    expect({ what, status: response.status, body }).toEqual({
      what,
      status,
      body: { error: code, message: expect.stringMatching(/^Cannot /), details },
    })
  }
})

test('a wrong method is told the right one', async () => {
  await using server = await openTestServer()
  const response = await fetch(`${server.url}/api/cache/stats`, { method: 'DELETE' })
  expect(response.headers.get('allow')).toBe('GET')
})

test('what is not HTTP gets the same shape', async () => {
  await using server = await openTestServer()
  const answer = await sendRaw(server, 'NONSENSE\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: 'REQUEST_INVALID', details: null })
})

test('headers that are too large get the same shape', async () => {
  await using server = await openTestServer()
  const answer = await sendRaw(server, `GET /livez HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  expect(answer).toContain('"error":"HEADERS_TOO_LARGE"')
})

async function sendRaw({ url }: TestServer, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  return text(socket)
}
