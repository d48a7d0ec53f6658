import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'

test('POST /api/tools/{name} answers with the structured result of the tool', async () => {
  await using server = await openTestServer()
  const { status, body } = await server.post('/api/tools/grep', { pattern: 'TODO', path: 'data/notes' })
  expect(status).toBe(200)
  expect(body).toEqual({
    tool: 'grep',
    arguments: { pattern: 'TODO', path: 'data/notes' },
    ok: true,
    text: 'notes/todo.md:3:- TODO: order the sensor\n',
    data: expect.objectContaining({ matches: [{ path: 'notes/todo.md', line: 3, text: '- TODO: order the sensor' }] }),
    truncated: false,
    shown: 1,
    total: 1,
    next: null,
    cache: expect.objectContaining({ outcome: 'miss' }),
    duration_ms: expect.any(Number),
    error: null,
  })
})

test('POST /api/tools/{name} answers from the cache the second time', async () => {
  await using server = await openTestServer()
  await server.post('/api/tools/cat', { path: 'policy.md' })
  const { body } = await server.post('/api/tools/cat', { path: 'policy.md' })
  expect(body).toMatchObject({ ok: true, cache: { outcome: expect.stringMatching(/^(hit|confirmed)$/) } })
})

const failures: readonly (readonly [string, string, unknown, number, string])[] = [
  ['a missing file', 'cat', { path: 'none.md' }, 404, 'FILE_NOT_FOUND'],
  ['a directory for a file', 'cat', { path: 'notes' }, 422, 'IS_A_DIRECTORY'],
  ['a path that climbs out', 'cat', { path: '../secret' }, 403, 'PATH_OUTSIDE_ROOT'],
  ['an absolute path outside', 'cat', { path: '/etc/passwd' }, 403, 'PATH_OUTSIDE_ROOT'],
  ['a symbolic link to the outside', 'cat', { path: 'outside' }, 403, 'PATH_OUTSIDE_ROOT'],
  ['NUL in a path', 'cat', { path: 'notes\0/todo.md' }, 400, 'PATH_INVALID'],
  ['a binary file', 'cat', { path: 'notes/binary.bin' }, 422, 'FILE_BINARY'],
  ['an empty pattern', 'grep', { pattern: '' }, 400, 'SEARCH_EMPTY_PATTERN'],
  ['an invalid pattern', 'grep', { pattern: '(' }, 400, 'SEARCH_INVALID_PATTERN'],
  ['a missing scope', 'grep', { pattern: 'x', path: 'none' }, 404, 'FILE_NOT_FOUND'],
  ['an unknown tool', 'sed', {}, 404, 'TOOL_UNKNOWN'],
  ['a wrong type', 'cat', { path: 7 }, 400, 'TOOL_ARGUMENTS_INVALID'],
  ['an unknown parameter', 'cat', { path: 'policy.md', lines: 3 }, 400, 'TOOL_ARGUMENTS_INVALID'],
]

test('POST /api/tools/{name} gives a status and a stable code for whatever is wrong', async () => {
  await using server = await openTestServer()
  for (const [what, tool, body, status, code] of failures) {
    const answer = await server.post(`/api/tools/${tool}`, body)
    expect({ what, ...answer }).toMatchObject({ what, status, body: { ok: false, data: null, error: { code } } })
    expect(JSON.stringify(answer.body)).not.toContain(server.directory.path)
  }
})

test('POST /api/tools/{name} without a body calls the tool without parameters', async () => {
  await using server = await openTestServer()
  const response = await fetch(`${server.url}/api/tools/ls`, { method: 'POST' })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ tool: 'ls', arguments: {}, ok: true })
})

test.each([[[]], ['text'], [7]])('POST /api/tools/{name} refuses %j as parameters', async (body) => {
  await using server = await openTestServer()
  expect(await server.post('/api/tools/ls', body)).toMatchObject({ status: 400, body: { error: 'REQUEST_INVALID' } })
})
