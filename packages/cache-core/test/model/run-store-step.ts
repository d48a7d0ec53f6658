import { expect } from 'vitest'
import type { CacheStore } from '../../src/index.js'
import { keysOf } from '../open-cache.js'
import type { ModelStore } from './model.js'
import type { ModelRun } from './run-cache-step.js'
import { expand, type StoreStep } from './step.js'

interface Target {
  readonly store: CacheStore
  readonly entries: ModelStore
  readonly now: number
}

/** Does a step with a store and with its model, and compares what they say. */
export async function runStoreStep(run: ModelRun, step: StoreStep): Promise<void> {
  const { cache, clock } = run.bench
  const store = step.name === '' ? cache : cache.namespace(step.name)
  const target = { store, entries: run.model.store(step.name), now: clock.now() }
  if (step.type === 'clear') {
    await store.clear()
    for (const cleared of run.model.clearedBy(step.name)) cleared.entries.clear()
  } else if (step.type === 'keys') {
    const live = target.entries.liveKeys(target.now).filter((key) => key.startsWith(step.prefix))
    expect((await keysOf(store, step.prefix)).sort()).toEqual(live.sort())
  } else if ('stored' in step) await runSet(target, step)
  else if ('key' in step) await runOnKey(target, step)
  else if ('keys' in step || 'tag' in step) await runOnMany(target, step)
  else compareStatistics(target, run, step.name)
}

async function runSet({ store, entries, now }: Target, step: Extract<StoreStep, { stored: object }>): Promise<void> {
  const stored = { ...step.stored, now }
  const options = { ttlSeconds: stored.ttl, tags: stored.tags }
  if (step.type === 'setMany') {
    expect(
      await store.setMany(
        step.pairs.map(([key, value]) => [key, expand(value)] as const),
        options,
      ),
    ).toBe(true)
    for (const [key, value] of step.pairs) entries.set(key, value, stored)
  } else if (step.type === 'set') {
    expect(await store.set(step.key, expand(step.value), options)).toBe(true)
    entries.set(step.key, step.value, stored)
  } else {
    const found = entries.find(step.key, now)
    const loaded = await store.getOrSet(step.key, () => expand(step.value), options)
    expect(loaded).toEqual(expand(found === undefined ? step.value : found.value))
    if (found === undefined) entries.set(step.key, step.value, stored)
  }
}

async function runOnKey({ store, entries, now }: Target, step: Extract<StoreStep, { key: string }>): Promise<void> {
  const { type, key } = step
  const live = entries.live(key, now)
  if (type === 'delete') expect(await store.delete(key)).toBe(entries.delete(key, now))
  else if (type === 'has') expect(await store.has(key)).toBe(live !== undefined)
  else if (type === 'getSync') {
    const value = store.getSync(key)
    // A follower knows for certain only what it has in memory; then finding nothing is no miss.
    if (value === undefined && store.stats().role === 'follower') return
    expect(value).toEqual(expand(entries.find(key, now)?.value))
  } else if (type === 'lookup') {
    const found = await store.lookup(key)
    expect(found?.value).toEqual(expand(entries.find(key, now)?.value))
    expect(found?.ageSeconds).toBe(live === undefined ? undefined : (now - live.createdAt) / 1000)
  } else expect(await store.get(key)).toEqual(expand(entries.find(key, now)?.value))
  if (live === undefined) await forget({ store, entries, now }, key)
}

/** What a read finds expired it removes in its own time: here it must be gone when the clock is set back. */
async function forget({ store, entries }: Target, key: string): Promise<void> {
  if (!entries.entries.has(key)) return
  expect(await store.delete(key)).toBe(false)
  entries.entries.delete(key)
}

type ManyStep = Extract<StoreStep, { keys: string[] } | { tag: string }>

async function runOnMany(target: Target, step: ManyStep): Promise<void> {
  const { store, entries, now } = target
  if ('tag' in step) {
    const tagged = [...entries.entries].filter(([, { tags }]) => tags.includes(step.tag))
    const count = tagged.filter(([key]) => entries.delete(key, now)).length
    expect(await store.deleteByTag(step.tag)).toBe(count)
  } else if (step.type === 'deleteMany') {
    const count = step.keys.filter((key) => entries.delete(key, now)).length
    expect(await store.deleteMany(step.keys)).toBe(count)
  } else {
    const values = step.keys.map((key) => expand(entries.find(key, now)?.value))
    expect(await store.getMany(step.keys)).toEqual(values)
    for (const key of step.keys) if (entries.live(key, now) === undefined) await forget(target, key)
  }
}

/** Expired entries count in the size until they are swept. */
function compareStatistics({ store, now }: Target, { isAlone, model }: ModelRun, name: string): void {
  const stats = store.stats()
  expect(stats.evictions).toBe(0)
  if (!isAlone) return
  const stores = model.clearedBy(name)
  const sum = (of: (each: ModelStore) => number) => stores.reduce((total, each) => total + of(each), 0)
  expect({ hits: stats.hits, misses: stats.misses }).toEqual({ hits: sum((s) => s.hits), misses: sum((s) => s.misses) })
  expect(stats.stale).toBeLessThanOrEqual(stats.misses)
  expect(stats.size).toBeGreaterThanOrEqual(sum((each) => each.liveKeys(now).length))
  expect(stats.size).toBeLessThanOrEqual(sum((each) => each.entries.size))
}
