import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const call = { path: 'a.md' }

test('with both caches off every call is executed and the statistics say so', async () => {
  await using open = await openAgent({ 'a.md': 'A' }, { useNewCache: false })
  for (const _ of [1, 2]) {
    expect(await open.agent.runTool('cat', call)).toMatchObject({ text: 'A', cache: { outcome: 'bypass' } })
  }
  expect(open.agent.cacheManager).toBeUndefined()
  expect(open.agent.getCacheStats()).toEqual({ old_cache: { enabled: false }, new_cache: { enabled: false } })
})

test('with v2 alone the same call is answered from memory, whatever the file says, until its TTL', async () => {
  const clock = new FakeClock()
  await using open = await openAgent({ 'a.md': 'A' }, { useNewCache: false, cacheEnabled: true, cacheTtl: 60, clock })
  await open.agent.runTool('cat', call)
  writeFileSync(join(open.root, 'a.md'), 'B')
  clock.advance(2000)
  expect(await open.agent.runTool('cat', call)).toMatchObject({
    text: 'A',
    cache: { outcome: 'hit', tier: 'memory', verified_by: null, age_seconds: 2 },
  })
  // Another spelling of the same call is another command.
  expect(await open.agent.runTool('cat', { path: './a.md' })).toMatchObject({ text: 'B' })
  clock.advance(60_000)
  expect(await open.agent.runTool('cat', call)).toMatchObject({ text: 'B' })
  expect(open.agent.getCacheStats()).toEqual({
    old_cache: {
      enabled: true,
      hits: 1,
      misses: 3,
      size: expect.any(Number),
      max_size: 100,
      hit_rate: 0.25,
      ttl_seconds: 60,
      compared: 0,
      differences: 0,
      compared_ms: { v2: 0, v3: 0 },
    },
    new_cache: { enabled: false },
  })
})

test('v2 keeps no failures', async () => {
  await using open = await openAgent({}, { useNewCache: false, cacheEnabled: true })
  expect(await open.agent.runTool('cat', call)).toMatchObject({ error: { code: 'FILE_NOT_FOUND' } })
  writeFileSync(join(open.root, 'a.md'), 'A')
  expect(await open.agent.runTool('cat', call)).toMatchObject({ ok: true, text: 'A' })
})

test('with both caches on v3 answers, and what v2 would have got wrong is counted', async () => {
  await using open = await openAgent({ 'a.md': 'A' }, { cacheEnabled: true })
  await open.agent.runTool('cat', call)
  await open.agent.runTool('cat', call)
  expect(open.agent.getCacheStats().old_cache).toMatchObject({ compared: 1, differences: 0 })
  writeFileSync(join(open.root, 'a.md'), 'B')
  expect(await open.agent.runTool('cat', call)).toMatchObject({ text: 'B', cache: { outcome: 'miss' } })
  expect(open.agent.getCacheStats()).toMatchObject({
    old_cache: { enabled: true, hits: 2, misses: 1, compared: 2, differences: 1 },
    new_cache: { enabled: true },
  })
  const { compared_ms: times } = Object(open.agent.getCacheStats().old_cache)
  expect(times.v2).toBeGreaterThan(0)
  expect(times.v3).toBeGreaterThan(0)
})

test('with v3 alone the statistics have the shape that the documents promise', async () => {
  await using open = await openAgent({ 'a.md': 'A' })
  await open.agent.runTool('cat', call)
  expect(open.agent.getCacheStats()).toMatchObject({
    old_cache: { enabled: false },
    new_cache: {
      enabled: true,
      disk_cache: {
        size: expect.any(Number),
        size_limit: 524_288_000,
        directory: join(open.outside, 'cache'),
      },
      content_ttl: 0,
      search_ttl: 300,
      content: { hits: 0, misses: 1, stale: 0 },
      search: { hits: 0, misses: 0, repaired: 0, stale: 0 },
      role: 'owner',
    },
  })
})

test('clearCaches() empties both caches', async () => {
  await using open = await openAgent({ 'a.md': 'A' }, { cacheEnabled: true })
  await open.agent.runTool('cat', call)
  expect(await open.agent.clearCaches()).toBeGreaterThan(0)
  expect(open.agent.getCacheStats()).toMatchObject({ old_cache: { size: 0 }, new_cache: { disk_cache: { size: 0 } } })
  expect(await open.agent.runTool('cat', call)).toMatchObject({ cache: { outcome: 'miss' } })
})
