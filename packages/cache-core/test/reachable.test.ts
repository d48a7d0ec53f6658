import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openThreaded } from './built-cache.js'
import { openCacheProcess } from './cache-process.js'
import { openCache } from './open-cache.js'

const soon = { timeout: 20_000, interval: 10 }

/** What happens to the files by which other processes find the owner. */
const losses: readonly [string, (directory: string) => void][] = [
  ['the socket is removed', (directory) => rmSync(socketOf(directory))],
  ['owner.json is removed', (directory) => rmSync(join(directory, 'owner.json'))],
  ['both are removed', removeBoth],
  ['owner.json is that of an earlier owner', (directory) => replaceRecord(directory)],
]

test.each(losses)('when %s under an owner, others find it again a second later', async (_, lose) => {
  await using bench = await openCache()
  await bench.cache.set('key', 'value')
  lose(bench.directory)
  bench.clock.advance(1000)
  expect(bench.cache.getSync('key')).toBe('value')
  await expect.poll(() => isReachable(bench.directory), soon).toBe(true)
  await using other = await openCacheProcess({ directory: bench.directory })
  expect([await other.call('role'), await other.call('set', 'key', 'new')]).toEqual(['follower', true])
  expect(await bench.cache.get('key')).toBe('new')
  expect(bench.warnings).toEqual([])
})

test('an owner whose thread serves is found again, too, and keeps the followers that it has', async () => {
  await using bench = await openThreaded()
  removeBoth(bench.directory)
  await expect.poll(() => isReachable(bench.directory), soon).toBe(true)
  await using other = await openCacheProcess({ directory: bench.directory })
  expect([await other.call('role'), await other.call('set', 'key', 1)]).toEqual(['follower', true])
  expect([bench.owner.getSync('key'), await bench.follower.get('key')]).toEqual([1, 1])
  expect([bench.follower.role, bench.warnings]).toEqual(['follower', []])
})

test('an owner that notices late that its directory was replaced leaves the next owner its socket', async () => {
  await using bench = await openCache()
  await bench.cache.set('key', 'there')
  // What is done at the beginning would notice.
  await bench.cache.compact()
  renameSync(bench.directory, `${bench.directory}-moved`)
  mkdirSync(bench.directory, { mode: 0o700 })
  await using next = await openCacheProcess({ directory: bench.directory })
  expect([await next.call('role'), await next.call('set', 'key', 'here')]).toEqual(['owner', true])
  bench.clock.advance(1000)
  bench.cache.getSync('key')
  await expect.poll(() => bench.cache.role, soon).toBe('follower')
  await using third = await openCacheProcess({ directory: bench.directory })
  expect([await third.call('role'), await third.call('get', 'key')]).toEqual(['follower', 'here'])
})

function socketOf(directory: string): string {
  return join(directory, readdirSync(directory).find((name) => name.endsWith('.sock')) ?? 'no socket')
}

function removeBoth(directory: string): void {
  for (const path of [socketOf(directory), join(directory, 'owner.json')]) rmSync(path)
}

function replaceRecord(directory: string): void {
  const path = join(directory, 'owner.json')
  const record = { ...(JSON.parse(readFileSync(path, 'utf8')) as object), socket: 's-7.sock', token: 'a'.repeat(64) }
  writeFileSync(path, JSON.stringify(record))
}

/** Whether there is a record that names a socket that is there. */
function isReachable(directory: string): boolean {
  const path = join(directory, 'owner.json')
  if (!existsSync(path)) return false
  const { socket } = JSON.parse(readFileSync(path, 'utf8')) as { socket: string }
  return existsSync(join(directory, socket))
}
