import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditDatabase } from './audit-database.js'
import { databaseFolder, namespacePrefix } from '../src/layout.js'
import { openLevelDatabase } from '../src/level-database.js'
import { openCache, openShared } from './open-cache.js'

const large = (index: number) => `${'x'.repeat(70_000)}${index % 3}`

test('verify() during sets, deletions and clears of two processes finds nothing wrong and loses nothing', async () => {
  await using bench = await openShared({ memoryLimit: 0 })
  const { owner, follower } = bench
  await owner.setMany(
    Array.from({ length: 2000 }, (_, index) => [`old-${index}`, index]),
    { tags: ['old'] },
  )
  // A failure of the test ends the writing too.
  using state = { isRunning: true, rounds: 0, [Symbol.dispose]: () => void (state.isRunning = false) }
  const stored = new Map<string, unknown>()
  const writing = [owner, follower].map(async (cache, side) => {
    for (let round = 0; state.isRunning; round += 1) {
      const key = `${side}-${round % 300}`
      const value = round % 10 === 0 ? large(round) : round
      expect(await cache.set(key, value, { tags: ['new', `t-${round % 7}`], ttlSeconds: 1000 + (round % 50) })).toBe(
        true,
      )
      stored.set(key, value)
      if (round % 13 === 0) {
        await cache.delete(key)
        stored.delete(key)
      }
      await cache.namespace('n').set(key, large(round), { tags: ['n'] })
      if (round % 40 === 0) await cache.namespace('n').clear()
      if (round % 25 === 0) await cache.namespace('n').deleteByTag('n')
      await owner.get(`old-${round % 2000}`)
      bench.clock.advance(20)
      state.rounds += 1
    }
  })
  for (let turn = 0; turn < 6; turn += 1) {
    const rounds = state.rounds
    const report = await (turn % 2 === 0 ? owner : follower).verify()
    expect(report).toEqual({ ...nothing, checkedEntries: report.checkedEntries, durationMs: report.durationMs })
    expect(report.checkedEntries).toBeGreaterThan(1900)
    expect(state.rounds).toBeGreaterThan(rounds)
  }
  state.isRunning = false
  await Promise.all(writing)
  for (const [key, value] of stored) expect(await owner.get(key)).toBe(value)
  for (let index = 0; index < 2000; index += 1) expect(await owner.get(`old-${index}`)).toBe(index)
  await owner.close()
  await follower.close()
  const { stated, counted } = await auditDatabase(bench.directory)
  expect(stated).toEqual(counted)
})

const nothing = {
  removedEntries: 0,
  missingBlobs: 0,
  addedIndexKeys: 0,
  removedKeys: 0,
  ledgerEntries: 0,
  ledgerBytes: 0,
  recountedBlobs: 0,
  removedBlobs: 0,
}

/** The one blob in a cache. */
function blobIn(directory: string): string {
  const files = readdirSync(join(directory, 'blobs'), { recursive: true, withFileTypes: true })
  const file = files.find((each) => each.isFile())
  return join(file?.parentPath ?? '', file?.name ?? '')
}

test('verify() finds a changed file of a value, while the same value is being stored again, and does not lose it', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  const { cache, directory } = bench
  for (let round = 0; round < 20; round += 1) {
    await cache.set('damaged', large(0))
    writeFileSync(blobIn(directory), `Y${large(0).slice(1)}`)
    const verifying = cache.verify()
    for (let wait = 0; wait < round; wait += 1) await Promise.resolve()
    expect(await cache.set('again', large(0))).toBe(true)
    await verifying
    expect(await cache.get('again')).toBe(large(0))
    await cache.clear()
    await cache.compact()
  }
})

test('verify() reports what it looked at and what it removed', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.cache.set('kept', 1)
  await bench.cache.set('large', large(1))
  const blob = blobIn(bench.directory)
  writeFileSync(blob, 'short')
  writeFileSync(blob.slice(0, -62) + '0'.repeat(62), 'of nobody')
  const report = await bench.cache.verify()
  expect(report).toMatchObject({ checkedEntries: 2, removedEntries: 1, missingBlobs: 1, removedBlobs: 1 })
  expect([await bench.cache.get('kept'), await bench.cache.get('large')]).toEqual([1, undefined])
})

test('a namespace whose record was lost is counted no more', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.cache.set('kept', 1)
  await bench.cache.namespace('lost').setMany([
    ['small', 1],
    ['large', large(1)],
  ])
  await bench.close()
  const database = await openLevelDatabase(join(bench.directory, databaseFolder))
  const records = await database.keys({ gte: namespacePrefix, lt: '!s!n;' }).all()
  expect(records).toHaveLength(2)
  await database.del(records[1] ?? '')
  await database.close()
  await bench.reopen()
  // What has to be put right is put right first.
  await bench.cache.compact()
  expect([bench.cache.stats().size, await bench.cache.get('kept')]).toEqual([1, 1])
  await bench.close()
  const { stated, counted } = await auditDatabase(bench.directory)
  expect(stated).toEqual(counted)
})
