import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PersistentCache } from '../src/index.js'
import { LruModel } from './model/lru-model.js'
import { modelTimeoutMs, runCount } from './model/run-count.js'
import { keysOf, openInTurn, type CacheBench } from './open-cache.js'
import { places } from './places.js'

const sizeLimit = 40_000
const largestValue = 4000

const key = fc.nat({ max: 29 }).map((index) => `key-${index}`)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('set' as const), key, length: fc.nat({ max: largestValue }) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('get' as const, 'getSync' as const), key }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), key }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('reopen' as const), memoryLimit: fc.constantFrom(0, 50_000) }),
  },
)
const manySteps = fc.array(step, { minLength: 40, maxLength: 120 })
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

describe.each(places)('a cache %s', (_, open) => {
  test(
    'evicts the least recently used, no sooner than it must, and keeps its bytes exactly',
    async () => {
      const property = fc.asyncProperty(manySteps, async (steps) => {
        await using bench = await open({ sizeLimit, memoryLimit: 50_000 })
        const model = new LruModel(await overheadOf(bench.cache))
        for (const each of steps) await runStep(bench, model, each)
        const { stated, counted } = await bench.audit()
        expect(stated).toEqual(counted)
      })
      await fc.assert(property, { numRuns: runCount(6), endOnFailure: true })
    },
    modelTimeoutMs,
  )
})

test(
  'an owner and a follower that evict stay below the limit and answer nothing wrong',
  async () => {
    const property = fc.asyncProperty(manySteps, async (steps) => {
      await using bench = await openInTurn({ sizeLimit, memoryLimit: 50_000 })
      const values = new Map<string, string>()
      for (const [index, each] of steps.entries()) {
        bench.clock.advance(1000)
        if (each.type === 'reopen') await bench.reopen({ memoryLimit: each.memoryLimit })
        else if (each.type === 'set') {
          values.set(each.key, valueOf(index, each.length))
          expect(await bench.cache.set(each.key, valueOf(index, each.length))).toBe(true)
        } else if (each.type === 'delete') {
          await bench.cache.delete(each.key)
          values.delete(each.key)
        } else expect([undefined, values.get(each.key)]).toContain(await bench.cache.get(each.key))
        expect(bench.cache.stats().volume).toBeLessThanOrEqual(sizeLimit)
      }
    })
    await fc.assert(property, { numRuns: runCount(5), endOnFailure: true })
  },
  modelTimeoutMs,
)

/** Each step has a second of its own: uses within one count as one. */
async function runStep(bench: CacheBench, model: LruModel, each: Step): Promise<void> {
  const { clock } = bench
  clock.advance(1000)
  if (each.type === 'set') await runSet(bench, model, each)
  else if (each.type === 'delete') expect(await bench.cache.delete(each.key)).toBe(model.delete(each.key))
  else if (each.type === 'reopen') {
    await bench.reopen({ memoryLimit: each.memoryLimit })
    model.reopened()
  } else {
    const found = each.type === 'get' ? await bench.cache.get<string>(each.key) : bench.cache.getSync<string>(each.key)
    expect(found).toBe(model.read(each.key, clock.now()))
  }
}

async function runSet(bench: CacheBench, model: LruModel, { key, length }: { key: string; length: number }) {
  const { cache, clock } = bench
  const value = valueOf(clock.now(), length)
  const mustEvict = model.bytes + model.sizeOf(key, value) > sizeLimit
  const before = cache.stats().evictions
  expect(await cache.set(key, value)).toBe(true)
  expect(cache.stats().volume).toBeLessThanOrEqual(sizeLimit)
  model.set(key, value, clock.now())
  // Evicting goes on behind the set, in two steps at most; listing waits for what was asked for before.
  for (let wait = 0; wait < 3; wait += 1) await keysOf(cache)
  const { count, unknown, older } = model.evict(await keysOf(cache))
  expect({ unknown, older }).toEqual({ unknown: [], older: [] })
  const { evictions, volume } = cache.stats()
  expect(volume).toBe(model.bytes)
  expect(count).toBeLessThanOrEqual(evictions - before)
  expect(evictions > before).toBe(mustEvict)
  if (mustEvict) expect(volume).toBeGreaterThan(sizeLimit * 0.9 - 2 * (largestValue + 200))
}

async function overheadOf(cache: PersistentCache): Promise<number> {
  await cache.set('k', 'value')
  const { volume } = cache.stats()
  await cache.delete('k')
  return volume - 'kvalue'.length
}

function valueOf(mark: number, length: number): string {
  return `${mark}:`.padEnd(length, 'x')
}
