import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'

test('many requests are served by the agent and the cache that the server began with', async () => {
  await using server = await openTestServer()
  const owner = readFileSync(server.directory.join('cache', 'owner.json'), 'utf8')
  for (let round = 0; round < 5; round += 1) {
    await server.post('/api/chat', { message: 'Search for TODO in data/notes' })
    await server.post('/api/tools/cat', { path: 'policy.md' })
  }
  // Only what has answered all of them can have counted them.
  const { body } = await server.get('/api/cache/stats')
  expect(body).toMatchObject({ new_cache: { content: { hits: 4, misses: 1 } } })
  // Every process or agent that takes the store over begins a new epoch, which this file names.
  expect(readFileSync(server.directory.join('cache', 'owner.json'), 'utf8')).toBe(owner)
})
