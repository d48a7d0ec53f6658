import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openCache } from './open-cache.js'

const large = 'l'.repeat(65_536)

function blobsIn(directory: string): string[] {
  const files = readdirSync(join(directory, 'blobs'), { recursive: true, withFileTypes: true })
  return files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
}

test('values of 64 KiB and more are files named by their SHA-256, smaller ones are not', async () => {
  await using bench = await openCache()
  await bench.cache.set('small', large.slice(1))
  expect(bench.cache.stats().size).toBe(1)
  await bench.cache.set('large', large)
  const [path = '', ...others] = blobsIn(bench.directory)
  expect(others).toEqual([])
  expect(path).toMatch(/blobs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/)
  expect(readFileSync(path, 'utf8')).toBe(large)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('two keys with the same content share one file, which goes with the second of them', async () => {
  await using bench = await openCache()
  const { cache } = bench
  await cache.set('a', large)
  await cache.namespace('n').set('b', large)
  expect(blobsIn(bench.directory)).toHaveLength(1)
  await cache.set('a', large)
  await cache.delete('a')
  expect(await cache.namespace('n').get('b')).toBe(large)
  await bench.reopen()
  expect(await bench.cache.namespace('n').get('b')).toBe(large)
  await bench.cache.namespace('n').set('b', 'small now')
  await bench.cache.close()
  expect(blobsIn(bench.directory)).toEqual([])
})

test('a file that is deleted and stored again at the same time is there in the end', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  const { cache } = bench
  for (let round = 0; round < 50; round += 1) {
    await Promise.all([cache.delete('a'), cache.set('b', large), cache.delete('b'), cache.set('a', large)])
    expect(cache.getSync('a')).toBe(large)
  }
  await cache.clear()
  await cache.compact()
  await cache.close()
  expect(blobsIn(bench.directory)).toEqual([])
})

test('a file that was changed or lost is a miss, and storing the value again heals it', async () => {
  await using bench = await openCache({ memoryLimit: 0 })
  await bench.cache.set('a', large)
  const [path = ''] = blobsIn(bench.directory)
  writeFileSync(path, `X${large.slice(1)}`)
  expect(await bench.cache.get('a')).toBeUndefined()
  expect(await bench.cache.set('a', large)).toBe(true)
  expect(await bench.cache.get('a')).toBe(large)
})

test('files that a crash left behind are swept once they are old, and no others', async () => {
  await using bench = await openCache()
  const { cache, clock } = bench
  await cache.set('kept', large)
  const [kept = ''] = blobsIn(bench.directory)
  const folder = dirname(kept)
  const orphan = join(folder, `${kept.slice(-64, -62)}${'0'.repeat(62)}`)
  const unfinished = `${orphan}.0123.unfinished`
  const recent = join(folder, `${kept.slice(-64, -62)}${'1'.repeat(62)}`)
  for (const path of [orphan, unfinished, recent]) writeFileSync(path, 'left behind')
  clock.advance(3_600_000)
  for (const path of [orphan, unfinished, kept]) utimesSync(path, 1, 1)
  utimesSync(recent, clock.now() / 1000, clock.now() / 1000)
  await cache.compact()
  await cache.close()
  expect(blobsIn(bench.directory).sort()).toEqual([kept, recent].sort())
})
