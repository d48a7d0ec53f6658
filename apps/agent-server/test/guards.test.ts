import { request } from 'node:http'
import { expect, test } from 'vitest'
import { createServer } from '../src/create-server.js'
import { openTestServer, rawRequest } from './open-test-server.js'

test('only the names of this server are answered to, with the port', async () => {
  await using server = await openTestServer()
  const { port } = new URL(server.url)
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LocalHost:${port}`]) {
    expect(await rawRequest(`${server.url}/livez`, { host })).toMatchObject({ status: 200 })
  }
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    'localhost:1',
    `localhost.evil.example:${port}`,
  ]) {
    const answer = await rawRequest(`${server.url}/livez`, { host })
    expect({ host, ...answer }).toMatchObject({ host, status: 403, body: { error: 'HOST_NOT_ALLOWED' } })
  }
})

test('a name that was allowed is answered to', async () => {
  await using server = await openTestServer({ allowedHosts: ['files.example'] })
  expect(await rawRequest(`${server.url}/livez`, { host: 'files.example' })).toMatchObject({ status: 200 })
})

test('only pages of this server may ask', async () => {
  await using server = await openTestServer()
  expect(await rawRequest(`${server.url}/livez`, { origin: server.url })).toMatchObject({ status: 200 })
  const { port } = new URL(server.url)
  for (const origin of ['https://evil.example', 'null', 'http://localhost', `http://localhost:${port}.evil.example`]) {
    const answer = await rawRequest(`${server.url}/livez`, { origin })
    expect({ origin, ...answer }).toMatchObject({ origin, status: 403, body: { error: 'ORIGIN_NOT_ALLOWED' } })
  }
})

test('no answer carries permission for other origins', async () => {
  await using server = await openTestServer()
  const response = await fetch(`${server.url}/livez`)
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('with a key every route below /api/ needs it, the others do not', async () => {
  await using server = await openTestServer({ apiKey: 'k3y' })
  const stats = `${server.url}/api/cache/stats`
  for (const authorization of [undefined, 'k3y', 'Bearer', 'Bearer ', 'Bearer wrong', 'Basic k3y', 'Bearer k3y2']) {
    const answer = await rawRequest(stats, authorization === undefined ? {} : { authorization })
    expect({ authorization, ...answer }).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } })
  }
  expect(await rawRequest(stats, { authorization: 'Bearer k3y' })).toMatchObject({ status: 200 })
  expect(await rawRequest(`${server.url}/api/none`, {})).toMatchObject({ status: 401 })
  expect(await rawRequest(`${server.url}/health`, {})).toMatchObject({ status: 200 })
})

test.each(['/%61pi/cache/stats', '//api/cache/stats', '/api/./cache/stats', '/API/cache/stats'])(
  'the key cannot be avoided by spelling the route as %s',
  async (path) => {
    await using server = await openTestServer({ apiKey: 'k3y' })
    const { hostname, port } = new URL(server.url)
    const status = await new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.once('error', reject)
      sent.end()
    })
    expect([401, 404]).toContain(status)
  },
)

test('createServer() refuses an address that others can reach when there is no key', async () => {
  await using server = await openTestServer()
  for (const host of ['0.0.0.0', '::', '192.0.2.7', 'files.example', '127.evil.example']) {
    expect(() => createServer({ agent: server.agent, host })).toThrow(
      expect.objectContaining({ code: 'SERVER_KEY_REQUIRED' }),
    )
  }
})
