import { join } from 'node:path'
import { FakeClock, mountedFileSystem } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from '../cache-process.js'
import { openCache } from '../open-cache.js'
import { fillDisk } from './fill-disk.js'

const disks = ['tmpfs', 'ext4-256'] as const
const newer = 'newer'.repeat(10_000)

test.for(disks.flatMap((kind) => [0, 100_000].map((room) => [kind, room] as const)))(
  'what a full disk (%s, %i bytes left) refused has no older value after its process closed the cache',
  async ([kind, room], context) => {
    using disk = mountedFileSystem(kind, 24)
    if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
    await using bench = await openCache({ directory: join(disk.path, 'cache') })
    const [pages, notes] = [bench.cache.namespace('pages'), bench.cache.namespace('notes')]
    expect(await pages.setMany(['a', 'b', 'c'].map((key) => [key, 'older']))).toBe(true)
    expect(await notes.set('note', 'older')).toBe(true)
    const emptyAgain = fillDisk(disk.path, 0)
    expect(await pages.set('a', newer)).toBe(false)
    expect([await pages.delete('b'), bench.cache.role]).toEqual([false, 'degraded'])
    await notes.clear()
    emptyAgain()
    const emptyOnceMore = fillDisk(disk.path, room)
    await bench.cache.close()
    emptyOnceMore()

    await bench.reopen()
    const [pagesAfter, notesAfter] = [bench.cache.namespace('pages'), bench.cache.namespace('notes')]
    expect(bench.cache.role).toBe('owner')
    for (const key of ['a', 'b']) expect(await pagesAfter.get(key)).toBe(undefined)
    expect(await notesAfter.get('note')).toBe(undefined)
    expect(await pagesAfter.get('c')).toBe(room === 0 ? undefined : 'older')
    const emptied = bench.warnings.filter(({ code }) => code === 'CACHE_DATABASE_SET_ASIDE')
    expect(emptied).toHaveLength(room === 0 ? 1 : 0)
  },
)

test('what a full disk refused is removed from the store of the process that owns it by then', async (context) => {
  using disk = mountedFileSystem('tmpfs', 24)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  const directory = join(disk.path, 'cache')
  // The other process goes by the machine's clock.
  await using bench = await openCache({ directory, clock: new FakeClock(Date.now()) })
  await bench.cache.setMany([
    ['kept', 'kept'],
    ['key', 'older'],
  ])
  const emptyAgain = fillDisk(disk.path, 0)
  expect([await bench.cache.set('key', newer), bench.cache.role]).toEqual([false, 'degraded'])
  emptyAgain()
  await using other = await openCacheProcess({ directory, memoryLimit: 0 })
  expect(await other.call('role')).toBe('owner')
  await bench.cache.close()
  expect([await other.call('get', 'key'), await other.call('get', 'kept')]).toEqual([null, 'kept'])
})
