import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLevelDatabase } from '../src/level-database.js'
import { seal, unseal } from '../src/sealed-bytes.js'
import { openCache } from './open-cache.js'

test.each([
  ['a record version', (record: Buffer) => void (record[0] = 2)],
  ['a kind of value', (record: Buffer) => void (record[1] = 99)],
  ['a place of the value', (record: Buffer) => void (record[2] = 7)],
])('%s that this version does not know is a miss', async (_, change) => {
  await using bench = await openCache()
  await bench.cache.set('key', 'value')
  await bench.cache.close()
  const database = await openLevelDatabase(join(bench.directory, 'db-v1'))
  const record = database.getSync('!v!1:key') ?? Buffer.alloc(0)
  change(record)
  await database.put('!v!1:key', record)
  await database.close()
  await bench.reopen()
  expect(await bench.cache.get('key')).toBeUndefined()
  expect(await bench.cache.set('key', 'newer')).toBe(true)
  expect(await bench.cache.get('key')).toBe('newer')
})

test('a ledger of another format sets the database aside', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 'value')
  await bench.cache.close()
  const database = await openLevelDatabase(join(bench.directory, 'db-v1'))
  const ledger = unseal('!s!ledger', database.getSync('!s!ledger') ?? Buffer.alloc(0))?.toString() ?? ''
  await database.put('!s!ledger', seal('!s!ledger', Buffer.from(ledger.replace('"format":1', '"format":2'))))
  await database.close()
  await bench.reopen()
  expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DATABASE_SET_ASIDE'])
  expect(await bench.cache.set('key', 'value')).toBe(true)
})

test('a value that is no value for this V8 is a miss', async () => {
  const { encodeRecord } = await import('../src/record.js')
  await using bench = await openCache()
  await bench.cache.set('key', { a: 1 })
  await bench.cache.close()
  const database = await openLevelDatabase(join(bench.directory, 'db-v1'))
  const value = Buffer.from([0xff, 0x7f, 0x6f])
  await database.put('!v!1:key', encodeRecord('1:key', { kind: 3, createdAt: 1, expiresAt: 0, value }))
  await database.close()
  await bench.reopen()
  expect(await bench.cache.get('key')).toBeUndefined()
})
