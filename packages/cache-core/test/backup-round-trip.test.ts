import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CacheStore } from '../src/index.js'
import { accessPrefix, databaseFolder, endOf, splitAccessKey, splitEntryKey } from '../src/layout.js'
import { Ledger } from '../src/ledger.js'
import { openLevelDatabase } from '../src/level-database.js'
import { auditDatabase } from './audit-database.js'
import { keysOf, openCache, type CacheBench } from './open-cache.js'

const names = ['', 'a', 'a:b', '\uD800']
const keys = ['', 'k', 'a:k', '\uD800', '\uFFFF', 'ключ', '😀']

/** What is set, in turn; each a second after the other. */
const entry = fc.record({
  name: fc.constantFrom(...names),
  key: fc.constantFrom(...keys),
  value: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    fc.record({ list: fc.array(fc.double()), nothing: fc.constant(null), big: fc.bigInt() }),
    fc.constantFrom('x'.repeat(70_000), 'y'.repeat(70_000)),
  ),
  ttlSeconds: fc.constantFrom(0, 0, 20, 50, 1000),
  tags: fc.subarray(['t', '', '\uD800']),
})
type Entry = typeof entry extends fc.Arbitrary<infer Type> ? Type : never

interface ModelEntry extends Entry {
  readonly createdAt: number
}

test('restore() gives an empty cache what backup() saved: values, ages, expiries, tags and order of use', async () => {
  const tried = { runs: 0, entries: 0, expired: 0 }
  const property = fc.asyncProperty(
    fc.array(entry, { maxLength: 30 }),
    fc.array(fc.nat({ max: 29 }), { maxLength: 10 }),
    async (entries, used) => {
      await using source = await openCache()
      await using copy = await openCache({ memoryLimit: 0 })
      const model = await fill(source, entries)
      source.clock.advance(20_000)
      await useAgain(
        source,
        used.map((index) => entries[index]).filter((each) => each !== undefined),
      )
      const file = join(source.directory, '..', 'backup')
      const saved = await source.cache.backup(file)
      const atBackup = liveOf(model, source.clock.now())
      expect(saved.entries).toBe(atBackup.length)
      await copy.cache.set('before', 1)
      copy.clock.setWall(source.clock.now() + 30_000)
      const restored = await copy.cache.restore(file)
      const live = liveOf(model, copy.clock.now())
      expect(restored).toMatchObject({ entries: live.length, expired: atBackup.length - live.length, leftOut: 0 })
      await expectModel(copy, live)
      await Promise.all([source.close(), copy.close()])
      const orderAtSource = await orderOfUse(source.directory)
      const order = await orderOfUse(copy.directory)
      expect(order).toEqual(orderAtSource.filter((each) => order.includes(each)))
      const { stated, counted } = await auditDatabase(copy.directory)
      expect(stated).toEqual(counted)
      tried.runs += 1
      tried.entries += live.length
      tried.expired += restored.expired
    },
  )
  await fc.assert(property, { numRuns: 16 })
  expect(Math.min(tried.runs, tried.entries, tried.expired)).toBeGreaterThan(0)
}, 120_000)

function storeOf({ cache }: CacheBench, name: string): CacheStore {
  return name === '' ? cache : cache.namespace(name)
}

async function fill(bench: CacheBench, entries: readonly Entry[]): Promise<ReadonlyMap<string, ModelEntry>> {
  const model = new Map<string, ModelEntry>()
  for (const each of entries) {
    const { name, key, value, ...options } = each
    expect(await storeOf(bench, name).set(key, value, options)).toBe(true)
    model.set(JSON.stringify([name, key]), { ...each, createdAt: bench.clock.now() })
    bench.clock.advance(1000)
  }
  return model
}

/** Reads entries again, long enough after they were set for that to be written down. */
async function useAgain(bench: CacheBench, entries: readonly Entry[]): Promise<void> {
  for (const { name, key } of entries) {
    await storeOf(bench, name).get(key)
    bench.clock.advance(10)
  }
  await bench.cache.compact()
}

function liveOf(model: ReadonlyMap<string, ModelEntry>, now: number): readonly ModelEntry[] {
  return [...model.values()].filter((each) => each.ttlSeconds === 0 || now < each.createdAt + each.ttlSeconds * 1000)
}

async function expectModel(bench: CacheBench, entries: readonly ModelEntry[]): Promise<void> {
  for (const name of names) {
    const store = storeOf(bench, name)
    const own = entries.filter((each) => each.name === name)
    const listed = await keysOf(store)
    expect(listed.sort()).toEqual(own.map(({ key }) => key).sort())
    for (const { key, value, createdAt, ttlSeconds } of own) {
      const ageSeconds = (bench.clock.now() - createdAt) / 1000
      expect(await store.lookup(key)).toEqual({ value, tier: 'disk', ageSeconds })
      if (ttlSeconds > 0) expect(ageSeconds).toBeLessThan(ttlSeconds)
    }
    for (const tag of ['t', '', '\uD800']) {
      const tagged = own.filter((each) => each.tags.includes(tag))
      const byTag = await store.deleteByTag(tag)
      expect(byTag).toBeLessThanOrEqual(tagged.length)
      for (const { key } of tagged) expect(await store.has(key)).toBe(false)
    }
  }
}

/** Namespace and key of each entry, the least recently used first. */
async function orderOfUse(directory: string): Promise<readonly string[]> {
  const database = await openLevelDatabase(join(directory, databaseFolder))
  try {
    const ledger = await Ledger.read(database)
    const access = await database.keys({ gte: accessPrefix, lt: endOf(accessPrefix) }).all()
    return access.map((key) => {
      const { namespaceId, text } = splitEntryKey(splitAccessKey(key).entry)
      return JSON.stringify([ledger?.nameOf(namespaceId), text])
    })
  } finally {
    await database.close()
  }
}
