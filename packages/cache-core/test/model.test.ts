import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CacheStore } from '../src/index.js'
import { openLevelCache } from './open-level-cache.js'
import { keysOf, openCache, openInTurn, type CacheBench } from './open-cache.js'

interface ModelEntry {
  readonly value: unknown
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly expiresAt: number
}

/** What the cache must be equivalent to: a map for each namespace, with expiry. */
type Model = Map<string, Map<string, ModelEntry>>

const names = ['', 'a', 'a:b', '1:a', '\uD800']
const keys = ['', 'k', 'a:k', '!v!', '\uD800', '\uDFFF', '\uFFFF', 'ключ', '😀']
const tags = ['t', 'tt', '', '\uD800']

const name = fc.constantFrom(...names)
const key = fc.constantFrom(...keys)
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array(),
  fc.record({ large: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ list: fc.array(fc.double()), nothing: fc.constant(null), big: fc.bigInt() }),
)

function steps<Type extends Step['type'], Fields extends object>(
  weight: number,
  type: Type,
  fields: fc.Arbitrary<Fields>,
) {
  return { weight, arbitrary: fields.map((each) => ({ type, ...each })) }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  steps(8, 'set', fc.record({ name, key, value, ttl: fc.constantFrom(0, 0, 1, 60), tags: fc.subarray(tags) })),
  steps(6, 'get', fc.record({ name, key })),
  steps(3, 'delete', fc.record({ name, key })),
  steps(1, 'deleteByTag', fc.record({ name, tag: fc.constantFrom(...tags) })),
  steps(1, 'clear', fc.record({ name })),
  steps(2, 'keys', fc.record({ name, prefix: fc.constantFrom('', 'k', '!', '\uD83D', '\uD800') })),
  steps(2, 'advance', fc.record({ milliseconds: fc.constantFrom(1, 999, 30_000) })),
  steps(1, 'setBack', fc.record({})),
  steps(1, 'compact', fc.record({})),
  steps(1, 'reopen', fc.record({ memoryLimit: fc.constantFrom(0, 100_000) })),
)

/** Stands for one of two values that become blobs, so that a counterexample can be read. */
function expand(value: unknown): unknown {
  const isLarge = typeof value === 'object' && value !== null && 'large' in value
  return isLarge ? 'x'.repeat(70_000) + String(value.large) : value
}

type Step =
  | { type: 'set'; name: string; key: string; value: unknown; ttl: number; tags: string[] }
  | { type: 'get' | 'delete'; name: string; key: string }
  | { type: 'deleteByTag'; name: string; tag: string }
  | { type: 'clear'; name: string }
  | { type: 'keys'; name: string; prefix: string }
  | { type: 'advance'; milliseconds: number }
  | { type: 'setBack' }
  | { type: 'compact' }
  | { type: 'reopen'; memoryLimit: number }

test.each([
  ['a cache behaves', openCache, 25],
  ['a cache in a level behaves', openLevelCache, 25],
  ['two caches of one directory, used in turn, behave', openInTurn, 12],
])('%s as a map with expiry, and its ledger and indexes stay exact', async (_, open, numRuns) => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
    await using bench = await open({ memoryLimit: 100_000 })
    const model: Model = new Map(names.map((each) => [each, new Map()]))
    for (const each of steps) await runStep(bench, model, each)
    await bench.cache.compact()
    const { stated, counted } = await bench.audit()
    expect(stated).toEqual(counted)
  })
  await fc.assert(property, { numRuns })
})

async function runStep(bench: CacheBench, model: Model, each: Step): Promise<void> {
  const { clock, cache } = bench
  if (each.type === 'advance') clock.advance(each.milliseconds)
  else if (each.type === 'setBack') await setBack(bench, model)
  else if (each.type === 'reopen') await bench.reopen({ memoryLimit: each.memoryLimit })
  else if (each.type === 'compact') await cache.compact()
  else {
    const store = each.name === '' ? cache : cache.namespace(each.name)
    const entries = model.get(each.name) ?? new Map<string, ModelEntry>()
    const cleared = each.name === '' ? [...model.values()] : [entries]
    await runOnStore({ store, entries, cleared, now: clock.now() }, each)
  }
}

/** Sets the clock back; what had expired until then is swept first, so that it cannot come back. */
async function setBack({ clock, cache }: CacheBench, model: Model): Promise<void> {
  await cache.compact()
  for (const entries of model.values())
    for (const [key, { expiresAt }] of entries) if (expiresAt !== 0 && expiresAt <= clock.now()) entries.delete(key)
  clock.setWall(clock.now() - 5000)
}

interface Target {
  readonly store: CacheStore
  readonly entries: Map<string, ModelEntry>
  /** What `clear()` empties. */
  readonly cleared: readonly Map<string, ModelEntry>[]
  readonly now: number
}

async function runOnStore(target: Target, each: Extract<Step, { name: string }>): Promise<void> {
  const { store, entries, now } = target
  if (each.type === 'set') {
    const { value, tags, ttl } = each
    expect(await store.set(each.key, expand(value), { ttlSeconds: ttl, tags })).toBe(true)
    entries.set(each.key, { value, tags, createdAt: now, expiresAt: ttl === 0 ? 0 : now + ttl * 1000 })
  } else if (each.type === 'deleteByTag') {
    const tagged = [...entries].filter(([, entry]) => entry.tags.includes(each.tag))
    expect(await store.deleteByTag(each.tag)).toBe(tagged.filter(([, entry]) => isLive(entry, now)).length)
    for (const [key] of tagged) entries.delete(key)
  } else if (each.type === 'keys') {
    const live = [...entries].filter(([key, entry]) => key.startsWith(each.prefix) && isLive(entry, now))
    const listed = await keysOf(store, each.prefix)
    expect(listed.sort()).toEqual(live.map(([key]) => key).sort())
  } else if (each.type === 'clear') {
    await store.clear()
    for (const map of target.cleared) map.clear()
  } else await runOnEntry(target, each)
}

async function runOnEntry(
  { store, entries, now }: Target,
  each: { type: 'get' | 'delete'; key: string },
): Promise<void> {
  const entry = entries.get(each.key)
  const live = entry !== undefined && isLive(entry, now) ? entry : undefined
  if (each.type === 'delete') {
    expect(await store.delete(each.key)).toBe(live !== undefined)
    entries.delete(each.key)
  } else {
    expect(await store.get(each.key)).toEqual(expand(live?.value))
    // A get removes what it finds expired, but in its own time: here it must be gone when the clock is set back.
    if (live === undefined) await store.delete(each.key)
    if (live === undefined) entries.delete(each.key)
  }
}

function isLive(entry: ModelEntry, now: number): boolean {
  return entry.createdAt <= now && (entry.expiresAt === 0 || now < entry.expiresAt)
}
