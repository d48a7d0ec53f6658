import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mountedFileSystem } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCache } from './open-cache.js'

test('a full disk degrades the cache with one warning, and it recovers once there is room', async (context) => {
  using disk = mountedFileSystem('tmpfs', 24)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  await using bench = await openCache({ directory: join(disk.path, 'cache') })
  const { cache, clock, warnings } = bench
  await cache.set('key', 'older')
  await cache.set('untouched', 'stays')
  const filler = join(disk.path, 'filler')
  const { bavail, bsize } = statfsSync(disk.path)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
  expect(await cache.set('key', 'x'.repeat(1_000_000))).toBe(false)
  expect(cache.role).toBe('degraded')
  expect([await cache.get('untouched'), await cache.set('small', 1)]).toEqual([undefined, false])
  clock.advance(1000)
  await cache.set('small', 1)
  expect(warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
  rmSync(filler)
  clock.advance(60_000)
  expect(await cache.set('small', 2)).toBe(true)
  expect(cache.role).toBe('owner')
  expect([await cache.get('untouched'), await cache.get('key')]).toEqual(['stays', undefined])
})

test('a full disk is noticed by small sets too, and none of them is lost once acknowledged', async (context) => {
  using disk = mountedFileSystem('tmpfs', 16)
  if (!disk.mounted) return context.skip(`cannot mount: ${disk.reason}`)
  await using bench = await openCache({ directory: join(disk.path, 'cache') })
  const filler = join(disk.path, 'filler')
  writeFileSync(filler, Buffer.alloc(statfsSync(disk.path).bavail * 4096 - 300_000))
  const stored = new Set<number>()
  for (let index = 0; index < 2000; index += 1)
    if (await bench.cache.set(`key-${index}`, 'x'.repeat(1000))) stored.add(index)
  expect(stored.size).toBeLessThan(2000)
  rmSync(filler)
  bench.clock.advance(60_000)
  expect(await bench.cache.set('after', 1)).toBe(true)
  for (const index of stored) expect(bench.cache.getSync(`key-${index}`)).toBeDefined()
})
