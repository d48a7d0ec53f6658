import { seededRandom } from '@fsagent/testing'
import { describe, expect, test } from 'vitest'
import type { PersistentCache } from '../src/index.js'
import { RemoteLeases } from '../src/sharing/remote-leases.js'
import { encodeValue } from '../src/value-codec.js'
import { openThreaded } from './built-cache.js'
import { openShared } from './open-cache.js'
import { silentOwner } from './silent-owner.js'

/** Begins to load a value; resolves when the loader runs. */
async function beginLoad(cache: PersistentCache, value: string) {
  let finish = (): void => {}
  const gate = new Promise<string>((resolve) => (finish = () => resolve(value)))
  let loaded: Promise<string> | undefined
  await new Promise<void>((resolve) => {
    loaded = cache.getOrSet(
      'key',
      () => {
        resolve()
        return gate
      },
      { tags: ['tag'] },
    )
  })
  return {
    finish: async () => {
      finish()
      return await loaded
    },
  }
}

const changes: readonly (readonly [string, (cache: PersistentCache) => Promise<unknown>])[] = [
  ['delete()', (cache) => cache.delete('key')],
  ['deleteMany()', (cache) => cache.deleteMany(['other', 'key'])],
  ['deleteByTag()', (cache) => cache.deleteByTag('tag')],
  ['clear()', (cache) => cache.clear()],
  ['set()', (cache) => cache.set('key', 'newer')],
  ['setMany()', (cache) => cache.setMany([['key', 'newer']])],
  ['getOrSet()', (cache) => cache.getOrSet('key', () => 'newer')],
]

const ways = [
  ['by its loop', openShared],
  ['by a thread', openThreaded],
] as const
const sides = [
  ['the follower', 'follower', 'owner'],
  ['the owner', 'owner', 'follower'],
] as const
const sizes = [1, 100_000]

describe.each(ways)('an owner that serves %s', (_, openShared) => {
  test.each(sides)(
    'stores nothing that %s had loaded before another process changed the entry',
    async (_side, loading, changing) => {
      await using bench = await openShared()
      for (const size of sizes) {
        for (const [name, change] of changes) {
          await bench[changing].delete('key')
          const load = await beginLoad(bench[loading], 'outdated'.repeat(size))
          await change(bench[changing])
          expect(await load.finish(), name).toBe('outdated'.repeat(size))
          const expected = /[sS]et/.test(name) ? 'newer' : undefined
          for (const cache of [bench.owner, bench.follower]) expect(await cache.get('key'), name).toBe(expected)
        }
      }
    },
  )

  test.each(sides)(
    'lets nobody join a load of %s who asks after another process changed the entry',
    async (_side, loading, changing) => {
      await using bench = await openShared()
      for (const [name, change] of changes) {
        await bench[changing].delete('key')
        const load = await beginLoad(bench[loading], 'outdated')
        await change(bench[changing])
        const later = [1, 2, 3].map(() => bench[loading].getOrSet('key', () => 'newer'))
        expect(await load.finish(), name).toBe('outdated')
        expect(await Promise.all(later), name).toEqual(['newer', 'newer', 'newer'])
        expect(await bench[loading].get('key'), name).toBe('newer')
      }
    },
  )

  test.each(sides)('stores what %s loads while others change other entries', async (_side, loading, changing) => {
    await using bench = await openShared()
    for (const size of sizes) {
      await bench[changing].delete('key')
      const load = await beginLoad(bench[loading], 'loaded'.repeat(size))
      await bench[changing].set('other', 'value')
      await bench[changing].delete('other')
      await bench[changing].namespace('elsewhere').clear()
      await load.finish()
      for (const cache of [bench.owner, bench.follower]) expect(await cache.get('key')).toBe('loaded'.repeat(size))
      expect(await bench[changing].deleteByTag('tag')).toBe(1)
    }
  })

  test('stores nothing that was loaded while its owner went, and what is loaded after that', async () => {
    await using bench = await openShared()
    const load = await beginLoad(bench.follower, 'loaded')
    await bench.owner.close()
    expect(await load.finish()).toBe('loaded')
    await expect.poll(() => bench.follower.role, { timeout: 20_000, interval: 10 }).toBe('owner')
    expect(await bench.follower.get('key')).toBeUndefined()
    expect(await bench.follower.getOrSet('key', () => 'anew')).toBe('anew')
    expect(await bench.follower.get('key')).toBe('anew')
  })
})

const seed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)

test(`no answer is older than a deletion that was done before it was asked for (seed ${seed})`, async () => {
  await using bench = await openShared()
  const caches = [bench.owner, bench.follower]
  const random = seededRandom(seed)
  const keys = ['a', 'b', 'c']
  const state = new Map(keys.map((key) => [key, { version: 0, deletedAt: 0 }]))
  const tried = { deletions: 0, answers: 0, outdated: 0 }
  const isOver = (): boolean => tried.deletions >= 300
  const read = async (cache: PersistentCache): Promise<void> => {
    while (!isOver()) {
      const key = random.pick(keys)
      const source = state.get(key) ?? { version: 0, deletedAt: 0 }
      const { deletedAt } = source
      const loaded = cache.getOrSet(key, async () => {
        const { version } = source
        await new Promise((resolve) => setTimeout(resolve, random.integer(0, 3)))
        return version
      })
      const answer = random.next() < 0.5 ? await loaded : ((await cache.get<number>(key)) ?? Infinity)
      tried.answers += 1
      if (answer < deletedAt) tried.outdated += 1
      await loaded
      // Hits wait for nothing: the others must have their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const change = async (cache: PersistentCache): Promise<void> => {
    while (!isOver()) {
      const key = random.pick(keys)
      const source = state.get(key) ?? { version: 0, deletedAt: 0 }
      const version = (source.version += 1)
      await cache.delete(key)
      source.deletedAt = Math.max(source.deletedAt, version)
      tried.deletions += 1
      await new Promise((resolve) => setTimeout(resolve, random.integer(0, 8)))
    }
  }
  await Promise.all(caches.flatMap((cache) => [read(cache), read(cache), change(cache)]))
  expect(tried.answers).toBeGreaterThan(300)
  expect(tried).toMatchObject({ outdated: 0 })
})

test('an owner of an older version is neither asked for leases nor shown those of others', async () => {
  await using owner = await silentOwner(2)
  const leases = new RemoteLeases(owner.link)
  const entry = { namespace: '', text: 'key', address: '0:key', encoded: encodeValue('value'), ttlSeconds: 0, tags: [] }
  expect(await leases.give(entry)).toBe(0)
  expect([0, 7].map((lease) => leases.understands({ ...entry, lease }))).toEqual([true, false])
})
