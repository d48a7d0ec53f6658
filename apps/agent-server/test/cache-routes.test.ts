import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'

test('GET /api/cache/stats answers with the statistics document', async () => {
  await using server = await openTestServer()
  await server.post('/api/tools/cat', { path: 'policy.md' })
  const { status, body } = await server.get('/api/cache/stats')
  expect(status).toBe(200)
  expect(body).toEqual(JSON.parse(JSON.stringify(server.agent.getCacheStats())))
  expect(body).toMatchObject({
    old_cache: { enabled: false },
    new_cache: {
      enabled: true,
      role: 'owner',
      content: { misses: 1 },
      disk_cache: { directory: server.directory.join('cache') },
    },
  })
})

test('POST /api/cache/clear empties the cache', async () => {
  await using server = await openTestServer()
  await server.post('/api/tools/cat', { path: 'policy.md' })
  const { status, body } = await server.post('/api/cache/clear', {})
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { removed: expect.any(Number), statistics: { new_cache: { disk_cache: { size: 0, volume: 0 } } } },
  })
})

test('GET /health says so when the cache is off', async () => {
  await using server = await openTestServer({ agentOptions: { useNewCache: false } })
  expect(await server.get('/health')).toEqual({ status: 200, body: { status: 'ok', cache: 'off' } })
  expect(await server.get('/livez')).toEqual({ status: 200, body: { status: 'ok' } })
})
