import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { checkTables, endedWhileMerging } from '../src/check-tables.js'
import { openLevelDatabase } from '../src/level-database.js'
import { isTableInOrder } from '../src/table-order.js'

async function tableOf(location: string): Promise<Buffer> {
  const database = await openLevelDatabase(location)
  for (const round of [1, 2]) {
    const entries = Array.from({ length: 500 }, (_, index) => ({ key: `key-${index}`, value: Buffer.alloc(50, round) }))
    await database.batch(entries.map((entry) => ({ type: 'put', ...entry })))
  }
  await database.compactRange('', '~')
  await database.close()
  const name = readdirSync(location).find((each) => each.endsWith('.ldb'))
  return readFileSync(join(location, name ?? 'no table'))
}

test('isTableInOrder() accepts what LevelDB wrote and refuses each changed key', async () => {
  using directory = temporaryDirectory()
  const table = await tableOf(directory.path)
  expect(isTableInOrder(table)).toBe(true)
  expect(table.indexOf('key-1')).toBeGreaterThan(0)
  const flipped = Buffer.from(table)
  flipped[table.indexOf('key-1')] = 0xff
  expect(isTableInOrder(flipped)).toBe(false)
})

test('isTableInOrder() ends for every single flipped byte', async () => {
  using directory = temporaryDirectory()
  const table = await tableOf(directory.path)
  const answers = new Set<boolean>()
  for (let offset = 0; offset < table.length; offset += 37) {
    const flipped = Buffer.from(table)
    flipped[offset] = (flipped[offset] ?? 0) ^ 0x40
    answers.add(isTableInOrder(flipped))
  }
  expect(answers).toEqual(new Set([true, false]))
})

test('endedWhileMerging() is false for a database that was compacted and closed', async () => {
  using directory = temporaryDirectory()
  await tableOf(directory.path)
  expect(await endedWhileMerging(directory.path)).toBe(false)
  await expect(checkTables(directory.path)).resolves.toBeUndefined()
})

test('endedWhileMerging() is true when the log of LevelDB ends within a merge', async () => {
  using directory = temporaryDirectory()
  await tableOf(directory.path)
  appendFileSync(directory.join('LOG'), '2030/01/01-00:00:00.000000 7f00 Compacting 4@0 + 1@1 files\n')
  expect(await endedWhileMerging(directory.path)).toBe(true)
})
