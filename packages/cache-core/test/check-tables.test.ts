import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { checkTables, endedWhileMerging } from '../src/check-tables.js'
import { openLevelDatabase } from '../src/level-database.js'

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
