import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CacheEvents, PersistentCache } from '../src/index.js'
import { openCacheProcess } from './cache-process.js'
import { openCache, openShared } from './open-cache.js'

/** What a cache tells from now on, in its order. */
function listen(cache: PersistentCache, ...names: readonly (keyof CacheEvents)[]): unknown[] {
  const told: unknown[] = []
  for (const name of names) cache.on(name, (event: unknown) => told.push([name, event]))
  return told
}

test('each get tells a hit with its tier, a miss, or a stale entry and a miss; has() tells nothing', async () => {
  await using bench = await openCache()
  await bench.cache.namespace('pa\uD800ges').set('a\uFFFF', 1, { ttlSeconds: 2 })
  bench.clock.advance(1000)
  await bench.reopen()
  const events = listen(bench.cache, 'hit', 'miss', 'stale')
  const pages = bench.cache.namespace('pa\uD800ges')
  pages.getSync('a\uFFFF')
  await pages.getMany(['a\uFFFF'])
  expect(await pages.has('a\uFFFF')).toBe(true)
  bench.clock.advance(1000)
  await pages.get('a\uFFFF')
  await bench.cache.getOrSet('b', () => 1)
  await bench.cache.getOrSet('b', () => 2)
  const names = { namespace: 'pa\uD800ges', key: 'a\uFFFF' }
  expect(events).toEqual([
    ['hit', { ...names, tier: 'disk', ageSeconds: 1 }],
    ['hit', { ...names, tier: 'memory', ageSeconds: 1 }],
    ['stale', names],
    ['miss', names],
    ['miss', { namespace: '', key: 'b' }],
    ['hit', { namespace: '', key: 'b', tier: 'memory', ageSeconds: 0 }],
  ])
  expect(bench.cache.stats()).toMatchObject({ hits: 3, misses: 2, stale: 1 })
})

test('a follower tells each answer of its owner once', async () => {
  await using bench = await openShared()
  await bench.owner.set('key', 1)
  const events = listen(bench.follower, 'hit', 'miss')
  for (const key of ['key', 'key', 'none']) await bench.follower.get(key)
  const hit = { namespace: '', key: 'key', ageSeconds: 0 }
  expect(events).toEqual([
    ['hit', { ...hit, tier: 'disk' }],
    ['hit', { ...hit, tier: 'memory' }],
    ['miss', { namespace: '', key: 'none' }],
  ])
})

test('a listener that throws fails no answer and no other listener; its error comes out afterwards', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 'value')
  const others = process.listeners('uncaughtException')
  for (const each of others) process.off('uncaughtException', each)
  try {
    const thrown = once(process, 'uncaughtException')
    bench.cache.on('hit', () => {
      throw new Error('not my day')
    })
    const told = listen(bench.cache, 'hit')
    expect(await bench.cache.get('key')).toBe('value')
    expect(told).toHaveLength(1)
    expect(await thrown).toMatchObject([{ message: 'not my day' }, 'uncaughtException'])
  } finally {
    for (const each of others) process.on('uncaughtException', each)
  }
})

test('evict tells how many entries went, in the owner at once and in a follower within a second', async () => {
  await using bench = await openShared({ sizeLimit: 20_000 })
  const [own, seen] = [listen(bench.owner, 'evict'), listen(bench.follower, 'evict')]
  for (let index = 0; index < 60; index += 1) await bench.owner.set(`key-${index}`, 'x'.repeat(1000))
  await bench.owner.compact()
  const { evictions } = bench.owner.stats()
  expect(evictions).toBeGreaterThan(30)
  expect(sumOf(own)).toBe(evictions)
  bench.clock.advance(1000)
  await bench.follower.get('key-59')
  await expect.poll(() => sumOf(seen)).toBe(evictions)
  expect(seen).toHaveLength(1)
})

test('degraded says why there is no store, and recovered what this process is afterwards', async () => {
  await using bench = await openCache()
  const events = listen(bench.cache, 'degraded', 'recovered', 'owner-changed')
  rmSync(bench.directory, { recursive: true })
  writeFileSync(bench.directory, 'no directory')
  await tick(bench.clock, bench.cache)
  await expect.poll(() => events).toMatchObject([['degraded', { code: 'CACHE_DEGRADED' }]])
  await tick(bench.clock, bench.cache)
  rmSync(bench.directory)
  mkdirSync(bench.directory, { mode: 0o700 })
  await expect.poll(async () => (await tick(bench.clock, bench.cache), events.length)).toBe(2)
  expect(events[1]).toEqual(['recovered', { role: 'owner' }])
  expect(await bench.cache.set('key', 1)).toBe(true)
})

test('a follower tells when the owner does not answer, answers again, and when another process owns the cache', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.close()
  await using owner = await openCacheProcess({ directory: bench.directory })
  await bench.reopen()
  const events = listen(bench.cache, 'degraded', 'recovered', 'owner-changed')
  owner.signal('SIGSTOP')
  expect(await bench.cache.get('key')).toBeUndefined()
  expect(events).toMatchObject([['degraded', { code: 'CACHE_OWNER_SILENT' }]])
  owner.signal('SIGCONT')
  await expect.poll(async () => (await tick(bench.clock, bench.cache), events.length)).toBe(2)
  expect(events[1]).toEqual(['recovered', { role: 'follower' }])
  await owner.kill()
  await expect.poll(() => events[2]).toMatchObject(['owner-changed', { role: 'owner', epoch: 3 }])
  expect(events).toHaveLength(3)
})

/** Lets a second of the cache's own time pass. */
async function tick(clock: { advance(milliseconds: number): void }, cache: PersistentCache): Promise<void> {
  clock.advance(1000)
  await cache.get('a key')
}

function sumOf(events: readonly unknown[]): number {
  return events.reduce<number>((total, each) => total + countOf(each), 0)
}

function countOf(event: unknown): number {
  const [, payload] = Array.isArray(event) ? event : []
  return typeof payload === 'object' && payload !== null && 'count' in payload ? Number(payload.count) : 0
}
