import { join } from 'node:path'
import { mountedFileSystem, seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCache } from '../open-cache.js'
import { becomesWell } from './becomes-well.js'
import { fillDisk } from './fill-disk.js'
import { ModelCache } from './model-cache.js'
import { printCounts, runSize } from './run-size.js'

const disks = ['tmpfs', 'ext4-256'] as const
const rounds = Math.max(3, Math.ceil(runSize.seeds / 20))

test.for(disks)(
  'a cache that is opened on a full disk (%s) goes without, and works once there is room',
  async (kind, context) => {
    using disk = mountedFileSystem(kind, 24)
    if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
    const directory = join(disk.path, 'cache')
    const emptyAgain = fillDisk(disk.path, 0)
    await using bench = await openCache({ directory })
    expect([bench.cache.role, bench.cache.stats().role]).toEqual(['degraded', 'degraded'])
    expect([await bench.cache.set('key', 1), await bench.cache.get('key')]).toEqual([false, undefined])
    expect(bench.warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
    emptyAgain()
    expect(await becomesWell(bench)).toBe(true)
    await bench.cache.set('kept', 'kept')
    await bench.cache.close()
    const emptyOnceMore = fillDisk(disk.path, 0)
    await bench.reopen()
    expect([undefined, 'kept']).toContain(await bench.cache.get('kept'))
    emptyOnceMore()
    expect(await becomesWell(bench)).toBe(true)
    expect(await bench.cache.get('kept')).toBe('kept')
  },
)

test.for(disks)(
  'compaction on a disk without room for it (%s) ends no process and loses nothing',
  async (kind, context) => {
    using disk = mountedFileSystem(kind, 48)
    if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
    await using bench = await openCache({ directory: join(disk.path, 'cache'), memoryLimit: 0 })
    const values = Array.from({ length: 400 }, (_, index) => [`key-${index}`, `${index} `.repeat(6000)] as const)
    for (let round = 0; round < 2; round += 1) expect(await bench.cache.setMany(values)).toBe(true)
    const emptyAgain = fillDisk(disk.path, 100_000)
    await bench.cache.compact()
    for (const [key, value] of values) expect([undefined, value]).toContain(await bench.cache.get(key))
    emptyAgain()
    expect(await becomesWell(bench)).toBe(true)
    await bench.cache.compact()
    for (const [key, value] of values) expect(await bench.cache.get(key)).toBe(value)
  },
)

test.for(disks)(
  `a disk (%s) that is full again and again gives right answers or none (${rounds} rounds from seed ${runSize.firstSeed})`,
  { timeout: runSize.timeoutMs },
  async (kind, context) => {
    using disk = mountedFileSystem(kind, 24)
    if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
    const random = seededRandom(runSize.firstSeed)
    await using bench = await openCache({ directory: join(disk.path, 'cache'), memoryLimit: 500_000 })
    const model = new ModelCache(random)
    for (let round = 1; round <= rounds; round += 1) {
      await model.use(bench.cache, 60)
      const emptyAgain = fillDisk(disk.path, random.pick([0, 10_000, 200_000, 1_000_000]))
      await model.use(bench.cache, 60)
      if (random.next() < 0.3) await bench.cache.compact()
      if (random.next() < 0.3) await bench.reopen()
      bench.clock.advance(random.pick([0, 1000, 10_000]))
      await model.use(bench.cache, 60)
      emptyAgain()
      expect(await becomesWell(bench)).toBe(true)
      await model.use(bench.cache, 30)
    }
    printCounts({ kind, rounds, stored: model.stored, refused: model.refused, wrong: model.wrong.length })
    expect(model.wrong).toEqual([])
    expect(Math.min(model.refused, model.stored)).toBeGreaterThan(rounds)
  },
)
