import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseFolder } from '../src/layout.js'
import { openCache } from './open-cache.js'

/** Of LevelDB's log format (doc/log_format.md): blocks of records, each with checksum, length and type in front. */
const blockLength = 32_768
const headerLength = 7
/** Types of a record that begins a batch: all of it, or its first part. */
const beginnings = new Set([1, 2])

/** Batches in the logs of a database: LevelDB writes one record for each. */
function batchesIn(directory: string): number {
  const folder = join(directory, databaseFolder)
  let batches = 0
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.log'))) {
    const log = readFileSync(join(folder, name))
    let offset = 0
    while (offset + headerLength <= log.length) {
      const isRest = blockLength - (offset % blockLength) < headerLength
      if (isRest) offset += blockLength - (offset % blockLength)
      if (offset + headerLength > log.length) break
      if (beginnings.has(log.readUInt8(offset + 6))) batches += 1
      offset += headerLength + log.readUInt16LE(offset + 4)
    }
  }
  return batches
}

test.each([0, 67_108_864])(
  'hits write down their order in one batch a second (memory limit %i)',
  async (memoryLimit) => {
    await using bench = await openCache({ memoryLimit })
    const keys = Array.from({ length: 2000 }, (_, index) => `key-${index}`)
    await bench.cache.setMany(keys.map((key) => [key, `value of ${key}`]))
    await bench.reopen()
    bench.clock.advance(60_000)
    const before = batchesIn(bench.directory)
    const seconds = 8
    for (let second = 0; second < seconds; second += 1) {
      for (let round = 0; round < 3; round += 1) expect(await bench.cache.getMany(keys)).not.toContain(undefined)
      bench.clock.advance(1000)
      await bench.cache.get('key-0')
    }
    await bench.close()
    const written = batchesIn(bench.directory) - before
    expect(written).toBeGreaterThan(0)
    // One more when it is closed.
    expect(written).toBeLessThanOrEqual(seconds + 1)
  },
)
