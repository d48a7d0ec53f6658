import { expect, test } from 'vitest'
import type { CacheStore, PersistentCache } from '../src/index.js'
import { openCacheProcess } from './cache-process.js'
import { keysOf, openCache, openShared } from './open-cache.js'

type Call = (store: CacheStore, signal: AbortSignal) => Promise<unknown>

/** Every method that waits, of a cache and of its namespaces. */
const calls: readonly (readonly [string, Call])[] = [
  ['get', (store, signal) => store.get('a', { signal })],
  ['lookup', (store, signal) => store.lookup('a', { signal })],
  ['getMany', (store, signal) => store.getMany(['a', 'b'], { signal })],
  ['has', (store, signal) => store.has('a', { signal })],
  ['set', (store, signal) => store.set('new', 1, { signal })],
  ['setMany', (store, signal) => store.setMany([['new', 1]], { signal })],
  ['getOrSet', (store, signal) => store.getOrSet('new', () => 1, { signal })],
  ['delete', (store, signal) => store.delete('a', { signal })],
  ['deleteMany', (store, signal) => store.deleteMany(['a', 'b'], { signal })],
  ['deleteByTag', (store, signal) => store.deleteByTag('tag', { signal })],
  ['clear', (store, signal) => store.clear({ signal })],
  ['keys', (store, signal) => firstOf(store.keys({ signal }))],
]
const compact: Call = (store, signal) => cacheOf(store).compact({ signal })

test.each([...calls, ['compact', compact] as const])(
  '%s() does nothing when its signal is aborted',
  async (_, call) => {
    await using bench = await openCache()
    await fill(bench.cache)
    await expect(call(bench.cache, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
    expect(await keysOf(bench.cache)).toEqual(['a', 'b'])
  },
)

test.each([...calls, ['compact', compact] as const])(
  '%s() lets its caller go when the signal is aborted while the owner is stopped, and nobody else',
  async (_, call) => {
    await using bench = await openCache()
    await bench.close()
    await using owner = await openCacheProcess({ directory: bench.directory })
    await owner.call('set', 'a', 1, { tags: ['tag'] })
    await bench.reopen({ memoryLimit: 0 })
    owner.signal('SIGSTOP')
    const impatient = new AbortController()
    const [aborted, patient] = [call(bench.cache, impatient.signal), call(bench.cache, new AbortController().signal)]
    setImmediate(() => impatient.abort(new Error('enough')))
    await expect(aborted).rejects.toThrow('enough')
    owner.signal('SIGCONT')
    await patient
  },
)

test.each([
  ['setMany', (store: CacheStore, signal: AbortSignal) => store.setMany(many(), { signal }), 1000],
  [
    'deleteMany',
    (store: CacheStore, signal: AbortSignal) =>
      store.deleteMany(
        many().map(([key]) => key),
        { signal },
      ),
    0,
  ],
  ['deleteByTag', (store: CacheStore, signal: AbortSignal) => store.deleteByTag('tag', { signal }), 0],
  ['clear', (store: CacheStore, signal: AbortSignal) => store.clear({ signal }), 0],
])('%s() that is aborted half way happens as a whole, in an owner and in a follower', async (name, call, left) => {
  await using bench = await openShared()
  for (const store of [bench.owner.namespace('n'), bench.follower.namespace('n')]) {
    if (name === 'setMany') await store.clear()
    else await store.setMany(many(), { tags: ['tag'] })
    const impatient = new AbortController()
    const aborted = call(store, impatient.signal)
    impatient.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
    expect(await keysOf(store)).toHaveLength(left)
  }
})

test('keys() ends with the reason when it is aborted between two keys', async () => {
  await using bench = await openCache()
  await bench.cache.setMany(many())
  const controller = new AbortController()
  const seen: string[] = []
  const list = async (): Promise<void> => {
    for await (const key of bench.cache.keys({ signal: controller.signal })) {
      seen.push(key)
      if (seen.length === 300) controller.abort(new Error('enough'))
    }
  }
  await expect(list()).rejects.toThrow('enough')
  expect(seen).toHaveLength(300)
  expect(await keysOf(bench.cache)).toHaveLength(1000)
})

test('deleteMany() deletes nothing when one of the keys is no string', async () => {
  await using bench = await openCache()
  await fill(bench.cache)
  const keys: unknown[] = ['a', 1]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a caller without types may hand in
  await expect(bench.cache.deleteMany(keys as string[])).rejects.toThrow(TypeError)
  expect(await keysOf(bench.cache)).toEqual(['a', 'b'])
})

async function fill(store: CacheStore): Promise<void> {
  await store.setMany(
    ['a', 'b'].map((key) => [key, 1]),
    { tags: ['tag'] },
  )
}

function many(): (readonly [string, string])[] {
  return Array.from({ length: 1000 }, (_, index) => [`key-${String(index).padStart(4, '0')}`, 'x'.repeat(100)])
}

async function firstOf(keys: AsyncIterable<string>): Promise<string | undefined> {
  for await (const key of keys) return key
  return undefined
}

function cacheOf(store: CacheStore): PersistentCache {
  if ('compact' in store) return store as PersistentCache
  throw new Error('Cannot compact a namespace')
}
