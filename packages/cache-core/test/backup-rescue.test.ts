import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCache } from './open-cache.js'

const random = seededRandom(23)
const text = () => Buffer.from(Array.from({ length: 1500 }, () => random.integer(0, 255))).toString('base64')
const entries = Array.from({ length: 4000 }, (_, index) => [`key-${index}`, text()] as const)

test('backup() saves what can be read of a database with a damaged block, before verify() sets it aside', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  const file = join(dirname(bench.directory), 'backup')
  await bench.cache.setMany(entries)
  await bench.cache.compact()
  await bench.cache.close()
  damageValue(join(bench.directory, 'db-v1'))
  await bench.reopen()
  const { entries: saved, skipped } = await bench.cache.backup(file)
  expect([saved + skipped, skipped > 0, saved > 3900]).toEqual([4000, true, true])
  expect(bench.warnings).toEqual([])
  await expect(bench.cache.verify()).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE' })
  expect(await bench.cache.restore(file)).toMatchObject({ entries: saved })
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DATABASE_SET_ASIDE'])
  const values = await bench.cache.getMany(entries.map(([key]) => key))
  expect(values.filter((value) => value !== undefined)).toHaveLength(saved)
  for (const [index, [, value]] of entries.entries()) expect([undefined, value]).toContain(values[index])
  expect(await bench.cache.verify()).toMatchObject({ checkedEntries: saved, removedEntries: 0 })
})

/** Flips a bit in the middle of the largest table: there are values. */
function damageValue(folder: string): void {
  const tables = readdirSync(folder).filter((name) => /\.(ldb|sst)$/.test(name))
  const [largest = ''] = tables.toSorted(
    (one, other) => statSync(join(folder, other)).size - statSync(join(folder, one)).size,
  )
  const bytes = readFileSync(join(folder, largest))
  // The length with which a compressed block begins is changed with all else in it.
  const middle = Math.floor(bytes.length / 2)
  bytes.fill(0xff, middle, middle + 5000)
  writeFileSync(join(folder, largest), bytes)
}
