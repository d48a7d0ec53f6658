import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'

test('many requests are served by the agent and the cache that the server began with', async () => {
  await using server = await openTestServer()
  const manager = server.agent.cacheManager
  const owner = readFileSync(server.directory.join('cache', 'owner.json'), 'utf8')
  for (let round = 0; round < 5; round += 1) {
    await server.post('/api/chat', { message: 'Search for TODO in data/notes' })
    await server.post('/api/tools/grep', { pattern: 'TODO', path: 'notes' })
    await server.get('/api/cache/stats')
  }
  expect(server.agent.cacheManager).toBe(manager)
  // Every opening of the store begins a new epoch, which this file names.
  expect(readFileSync(server.directory.join('cache', 'owner.json'), 'utf8')).toBe(owner)
})
