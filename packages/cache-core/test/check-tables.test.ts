import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { checkTables, endedWhileMerging } from '../src/check-tables.js'
import { databaseFolder } from '../src/layout.js'
import { openLevelDatabase } from '../src/level-database.js'
import { openCache } from './open-cache.js'

/** Two tables that overlap, merged into one. */
async function makeTables(location: string): Promise<void> {
  const database = await openLevelDatabase(location)
  for (const round of [1, 2]) {
    const entries = Array.from({ length: 500 }, (_, index) => ({ key: `key-${index}`, value: Buffer.alloc(50, round) }))
    await database.batch(entries.map((entry) => ({ type: 'put', ...entry })))
  }
  await database.compactRange('', '~')
  await database.close()
}

test('endedWhileMerging() is false for a database that was compacted and closed', async () => {
  using directory = temporaryDirectory()
  await makeTables(directory.path)
  expect(await endedWhileMerging(directory.path)).toBe(false)
})

test('endedWhileMerging() is true when the log of LevelDB ends within a merge', async () => {
  using directory = temporaryDirectory()
  await makeTables(directory.path)
  appendFileSync(directory.join('LOG'), '2030/01/01-00:00:00.000000 7f00 Compacting 4@0 + 1@1 files\n')
  expect(await endedWhileMerging(directory.path)).toBe(true)
})

test('checkTables() accepts what LevelDB wrote and calls a changed table damaged', async () => {
  using directory = temporaryDirectory()
  await makeTables(directory.path)
  await expect(checkTables(directory.path)).resolves.toBeUndefined()
  const table = directory.join(readdirSync(directory.path).find((name) => name.endsWith('.ldb')) ?? 'no table')
  const bytes = readFileSync(table)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(table, bytes)
  await expect(checkTables(directory.path)).rejects.toMatchObject({ code: 'LEVEL_CORRUPTION' })
})

test('a table that was being written when a process was killed is no damage', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 'value')
  await bench.cache.compact()
  await bench.close()
  const folder = join(bench.directory, databaseFolder)
  const table = readdirSync(folder).find((name) => name.endsWith('.ldb')) ?? 'no table'
  writeFileSync(join(folder, '999999.ldb'), readFileSync(join(folder, table)).subarray(0, -20))
  await bench.reopen()
  expect(await bench.cache.get('key')).toBe('value')
  expect(bench.warnings).toEqual([])
})

test('compact() checks no table that LevelDB is writing meanwhile', async () => {
  await using bench = await openCache()
  for (let round = 0; round < 3; round += 1) {
    // More than a write buffer: a table is being written when the check begins.
    const entries = Array.from(
      { length: 5000 },
      (_, index) => [`key-${index}`, `${round} ${index} `.repeat(100)] as const,
    )
    await bench.cache.setMany(entries)
    await bench.cache.compact()
    expect(await bench.cache.get('key-4999')).toBe(`${round} 4999 `.repeat(100))
  }
  expect(bench.warnings).toEqual([])
})
