import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { ClassicLevel } from 'classic-level'
import { expect, test } from 'vitest'
import { isTableIntact } from '../src/table-checksums.js'

/** Text in so many blocks that the index is worth compressing too. */
async function tableOf(location: string, compression: boolean): Promise<Buffer> {
  const database = new ClassicLevel(location, { compression, blockSize: 1024 })
  const entries = Array.from({ length: 2000 }, (_, index) => ({
    key: `key-${index}`,
    value: `text ${index} `.repeat(9),
  }))
  await database.batch(entries.map((entry) => ({ type: 'put', ...entry })))
  await database.compactRange('', '~')
  await database.close()
  const name = readdirSync(location).find((each) => each.endsWith('.ldb'))
  return readFileSync(join(location, name ?? 'no table'))
}

test.each([true, false])('isTableIntact() accepts what LevelDB wrote (compressed: %s)', async (compression) => {
  using directory = temporaryDirectory()
  expect(isTableIntact(await tableOf(directory.path, compression))).toBe(true)
})

test.each([true, false])(
  'isTableIntact() refuses each flipped byte that means something (compressed: %s)',
  async (compression) => {
    using directory = temporaryDirectory()
    const table = await tableOf(directory.path, compression)
    const random = seededRandom(90_210)
    // The footer has two places of at most six bytes here, then padding that nobody reads, then what shows its end.
    const means = (offset: number) => offset < table.length - 48
    let tried = 0
    for (let offset = 0; offset < table.length; offset += random.integer(1, table.length / 400)) {
      if (!means(offset)) continue
      const flipped = Buffer.from(table)
      flipped[offset] = (flipped[offset] ?? 0) ^ (1 << random.integer(0, 7))
      expect(isTableIntact(flipped), `offset ${offset} of ${table.length}`).toBe(false)
      tried += 1
    }
    expect(tried).toBeGreaterThan(500)
  },
)

test('isTableIntact() ends for every byte of the footer', async () => {
  using directory = temporaryDirectory()
  const table = await tableOf(directory.path, true)
  for (let offset = table.length - 48; offset < table.length; offset += 1) {
    const changed = Buffer.from(table)
    changed[offset] = 0xff
    expect(typeof isTableIntact(changed)).toBe('boolean')
  }
})

test('isTableIntact() has no objection to a table that is still being written', async () => {
  using directory = temporaryDirectory()
  const table = await tableOf(directory.path, true)
  for (let length = 0; length < table.length; length += 501)
    expect(isTableIntact(table.subarray(0, length)), `length ${length}`).toBe(true)
})
