import { cpSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditDatabase } from '../audit-database.js'
import { keysOf, openCache, type CacheBench } from '../open-cache.js'
import { damage, damageEntries } from './damage-entries.js'
import { printCounts, runSize } from './run-size.js'

const names = ['', 'a', 'a:1']
const values = names.flatMap((name) =>
  Array.from({ length: 8 }, (_, index) => {
    const value = index % 4 === 0 ? `${'large '.repeat(12_000)}${index % 8}` : `${name} ${index}`
    return { name, key: `key-${index}`, value, tags: index % 2 === 0 ? ['even', 'tag'] : ['odd'], ttl: index * 100 }
  }),
)

test(
  'verify() puts right whatever was deleted, changed or added, and finds nothing the second time',
  async () => {
    await using filled = await filledBench()
    const tried = { seeds: 0, damages: 0, checked: 0, removed: 0 }
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 12 }), async (damages) => {
      using copy = temporaryDirectory('fsagent-repaired-')
      cpSync(filled.directory, copy.join('cache'), { recursive: true })
      await damageEntries(copy.join('cache'), damages)
      await using bench = await openCache({ memoryLimit: 0, directory: copy.join('cache') })
      const report = await bench.cache.verify()
      const again = await bench.cache.verify()
      tried.seeds += 1
      tried.damages += damages.length
      tried.checked += report.checkedEntries
      tried.removed += report.removedEntries
      expect(again).toEqual({ ...noReport, checkedEntries: report.checkedEntries - report.removedEntries })
      await expectRightAnswers(bench)
      await bench.close()
      const { stated, counted } = await auditDatabase(bench.directory)
      expect(stated).toEqual(counted)
    })
    await fc.assert(property, { numRuns: runSize.seeds, seed: runSize.firstSeed })
    printCounts(tried)
    expect(tried.seeds).toBe(runSize.seeds)
    // Otherwise a check that removes everything would pass, and one that finds nothing.
    expect(tried.checked).toBeGreaterThan(tried.seeds * 15)
    expect(tried.removed).toBeGreaterThan(0)
  },
  runSize.timeoutMs,
)

async function filledBench(): Promise<CacheBench> {
  const bench = await openCache()
  for (const { name, key, value, tags, ttl } of values)
    await storeOf(bench, name).set(key, value, { tags, ttlSeconds: ttl })
  // Closed before it was purged.
  await bench.cache.namespace('cleared').set('key', 1, { tags: ['tag'] })
  void bench.cache.namespace('cleared').clear()
  await bench.close()
  return bench
}

const noReport = {
  removedEntries: 0,
  missingBlobs: 0,
  addedIndexKeys: 0,
  removedKeys: 0,
  ledgerEntries: 0,
  ledgerBytes: 0,
  recountedBlobs: 0,
  removedBlobs: 0,
  durationMs: 0,
}

function storeOf({ cache }: CacheBench, name: string) {
  return name === '' ? cache : cache.namespace(name)
}

/** Every answer is right or a miss, keys and sizes fit what is there, and tags find all of it. */
async function expectRightAnswers(bench: CacheBench): Promise<void> {
  let size = 0
  for (const name of names) {
    const store = storeOf(bench, name)
    const listed = await keysOf(store)
    for (const entry of values.filter((each) => each.name === name)) {
      const value = await store.get(entry.key)
      expect(value).toBe(listed.includes(entry.key) ? entry.value : undefined)
    }
    if (name !== '') expect(store.stats().size).toBe(listed.length)
    size += listed.length
    const even = values.filter((each) => each.name === name && each.tags.includes('even') && listed.includes(each.key))
    expect(await store.deleteByTag('even')).toBe(even.length)
    size -= even.length
  }
  expect(bench.cache.stats().size).toBe(size)
}
