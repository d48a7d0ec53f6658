import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache, type CacheStore } from '../src/index.js'
import { openCacheProcess, type CacheProcess } from './cache-process.js'
import { openShared } from './open-cache.js'

/** Changes that end the entry `key`, or give it the value `new`. */
const endings: readonly [string, unknown, (store: CacheStore) => Promise<unknown>][] = [
  ['a delete', undefined, (store) => store.delete('key')],
  ['an overwrite', 'new', (store) => store.set('key', 'new')],
  ['an overwrite that is not stored', undefined, (store) => store.set('key', 'x'.repeat(2_000_000))],
  ['a clear', undefined, (store) => store.clear()],
  ['a tag invalidation', undefined, (store) => store.deleteByTag('tag')],
]

test.each(endings)('a value in the memory of a follower ends with %s by the owner', async (_, after, change) => {
  await using bench = await openShared({ sizeLimit: 1_000_000 })
  const { owner, follower } = bench
  for (const [ending, kept] of [
    [owner, follower],
    [follower, owner],
    [follower, follower],
  ] as const) {
    await owner.set('key', 'old', { tags: ['tag'] })
    await kept.get('key')
    expect(kept.lookupSync('key')).toMatchObject({ value: 'old', tier: 'memory' })
    const changed = change(ending)
    await changed
    // Without waiting for anything else: the change has resolved.
    expect(kept.getSync('key')).not.toBe('old')
    expect(await kept.get('key')).toBe(after)
  }
})

test('a value that a follower has set is in its memory at once, until somebody changes the entry', async () => {
  await using bench = await openShared()
  const { owner, follower } = bench
  await owner.set('key', 'before')
  for (const ending of [owner, follower]) {
    expect(await follower.set('key', { of: 'the follower' })).toBe(true)
    expect(follower.lookupSync('key')).toMatchObject({ value: { of: 'the follower' }, tier: 'memory' })
    await ending.set('key', 'later')
    expect(await follower.get('key')).toBe('later')
  }
})

test.each(endings)(
  'a value that a follower sets beside %s is not in its memory afterwards',
  async (_, after, change) => {
    await using bench = await openShared({ sizeLimit: 1_000_000 })
    const { owner, follower } = bench
    // Both reach the owner together, so that one batch writes them.
    await Promise.all([owner.set('other', 1), follower.set('key', 'own', { tags: ['tag'] }), change(follower)])
    expect(await follower.get('key')).toBe(after)
  },
)

test('a value in the memory of a follower expires, and goes with its namespace and by eviction', async () => {
  await using bench = await openShared({ sizeLimit: 100_000 })
  const { owner, follower, clock } = bench
  await owner.set('key', 1, { ttlSeconds: 2 })
  expect([await follower.get('key'), follower.getSync('key')]).toEqual([1, 1])
  clock.advance(2000)
  expect([follower.getSync('key'), await follower.get('key')]).toEqual([undefined, undefined])
  const [inOwner, inFollower] = [owner.namespace('n'), follower.namespace('n')]
  await inOwner.set('key', 2)
  expect([await inFollower.get('key'), inFollower.getSync('key')]).toEqual([2, 2])
  await owner.clear()
  expect(inFollower.getSync('key')).toBeUndefined()
  await owner.set('first', 'x'.repeat(20_000))
  await follower.get('first')
  for (let index = 0; index < 10; index += 1) await owner.set(`filler-${index}`, 'x'.repeat(20_000))
  expect(follower.stats().evictions).toBeGreaterThan(0)
  expect([follower.getSync('first'), await owner.get('first')]).toEqual([undefined, undefined])
})

test('memory of a follower never shows a value older than one that was seen before', async () => {
  await using bench = await openShared()
  const { owner, follower } = bench
  const state = { acknowledged: 0, isRunning: true }
  const writing = (async () => {
    for (let value = 1; state.isRunning; value += 1) {
      await (value % 3 === 0 ? follower : owner).set('key', value)
      state.acknowledged = value
    }
  })()
  let hits = 0
  for (let round = 0; round < 5000; round += 1) {
    const floor = state.acknowledged
    const seen = (round % 2 === 0 ? await follower.get<number>('key') : follower.getSync<number>('key')) ?? Infinity
    expect(seen).toBeGreaterThanOrEqual(floor)
    if (seen !== Infinity) hits += 1
    if (round % 10 === 0) await new Promise(setImmediate)
  }
  state.isRunning = false
  await writing
  expect(state.acknowledged).toBeGreaterThan(100)
  expect(hits).toBeGreaterThan(1000)
})

/** Loads `key` into the memory of a process and makes sure that it is there. */
async function keep(process: CacheProcess): Promise<void> {
  await process.call('get', 'key')
  expect(await process.call('getSync', 'key')).toBe('old')
}

test('a follower that was stopped during a delete, and during a change of owner, wakes up without the value', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using sleeper = await openCacheProcess({ directory })
  await owner.call('set', 'key', 'old')
  await keep(sleeper)
  sleeper.signal('SIGSTOP')
  expect(await owner.call('delete', 'key')).toBe(true)
  sleeper.send('getSync', 'key')
  sleeper.signal('SIGCONT')
  expect(await sleeper.next()).toBeNull()
  await owner.call('set', 'key', 'old')
  await keep(sleeper)
  sleeper.signal('SIGSTOP')
  await owner.kill()
  const next = await PersistentCache.open({ directory })
  expect(next.role).toBe('owner')
  await next.set('key', 'new')
  sleeper.send('getSync', 'key')
  sleeper.signal('SIGCONT')
  expect(await sleeper.next()).not.toBe('old')
  await expect.poll(() => sleeper.call('get', 'key'), { timeout: 10_000, interval: 20 }).toBe('new')
  expect(await sleeper.call('role')).toBe('follower')
  await next.close()
})
