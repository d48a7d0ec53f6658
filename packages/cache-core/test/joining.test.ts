import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { encodeWelcome } from '../src/sharing/greeting.js'
import { openCacheProcess } from './cache-process.js'
import { openCache } from './open-cache.js'
import { ownerOf } from './raw-peer.js'

test('two caches whose paths share their first 107 bytes never meet, and both can be shared', async () => {
  using home = temporaryDirectory()
  const long = join(home.path, 'd'.repeat(120))
  for (const name of ['one', 'two']) {
    const directory = join(long, name)
    const owner = await PersistentCache.open({ directory })
    await owner.set('key', name)
    await using follower = await openCacheProcess({ directory })
    expect([owner.role, await follower.call('role'), await follower.call('get', 'key')]).toEqual([
      'owner',
      'follower',
      name,
    ])
    await owner.close()
  }
  expect(readdirSync(home.path)).toEqual(['d'.repeat(120)])
})

test.each(['not JSON', '{}', '{"protocol":1,"epoch":1,"host":"h","boot":"","socket":"../s-1.sock","token":""}'])(
  'an owner.json that says %s keeps nobody from owning',
  async (text) => {
    await using bench = await openCache()
    await bench.cache.close()
    writeFileSync(join(bench.directory, 'owner.json'), text)
    await bench.reopen()
    expect(bench.cache.role).toBe('owner')
    expect(ownerOf(bench.directory).epoch).toBeGreaterThan(1)
    expect(statSync(join(bench.directory, 'owner.json')).mode & 0o777).toBe(0o600)
  },
)

test('an owner that speaks another protocol leaves this process without a cache, with one warning', async () => {
  await using bench = await openCache()
  const { directory } = bench
  const socket = ownerOf(directory).socket
  rmSync(join(directory, socket))
  const future = createServer((peer) => {
    peer.on('error', () => peer.destroy())
    peer.end(encodeWelcome({ type: 'refused', lowest: 7, highest: 9 }), () => peer.destroy())
  })
  await new Promise<void>((resolve) => void future.listen(join(directory, socket), resolve))
  await using late = await openCacheProcess({ directory })
  expect([await late.call('role'), await late.call('get', 'key'), await late.call('set', 'key', 1)]).toEqual([
    'degraded',
    null,
    false,
  ])
  expect(await late.call('warnings')).toMatchObject([{ code: 'CACHE_PROTOCOL_UNSUPPORTED' }])
  await new Promise((resolve) => future.close(resolve))
  await bench.cache.close()
  await expect.poll(() => late.call('set', 'key', 2), { timeout: 10_000, interval: 50 }).toBe(true)
  expect([await late.call('role'), await late.call('get', 'key')]).toEqual(['owner', 2])
})

test('a follower whose token is out of date finds its way when owner.json is right again', async () => {
  await using bench = await openCache()
  const path = join(bench.directory, 'owner.json')
  const right = readFileSync(path, 'utf8')
  writeFileSync(path, JSON.stringify({ ...ownerOf(bench.directory), token: '00'.repeat(32) }))
  await using late = await openCacheProcess({ directory: bench.directory })
  expect(await late.call('role')).toBe('degraded')
  expect(await late.call('warnings')).toMatchObject([{ code: 'CACHE_LOCKED' }])
  writeFileSync(path, right)
  await expect.poll(() => late.call('set', 'key', 1), { timeout: 10_000, interval: 100 }).toBe(true)
  expect(await bench.cache.get('key')).toBe(1)
})

test('old sockets are removed, and the files of sharing are for this user alone', async () => {
  await using bench = await openCache()
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(join(bench.directory, 's-999.sock'), '')
    await bench.reopen()
  }
  const names = readdirSync(bench.directory).filter((name) => name.endsWith('.sock'))
  expect(names).toEqual([ownerOf(bench.directory).socket])
  for (const name of [...names, 'owner.json', 'generations'])
    expect(statSync(join(bench.directory, name)).mode & 0o777).toBe(0o600)
})

test('a directory that is replaced under an owner and a follower is begun anew by both', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  await owner.call('set', 'key', 'old')
  expect(await follower.call('get', 'key')).toBe('old')
  renameSync(directory, home.join('elsewhere'))
  mkdirSync(directory)
  chmodSync(directory, 0o700)
  const roles = async () => new Set([await owner.call('role'), await follower.call('role')])
  await expect.poll(() => readdirSync(directory), { timeout: 10_000, interval: 50 }).toContain('owner.json')
  await expect.poll(roles, { timeout: 10_000, interval: 50 }).toEqual(new Set(['owner', 'follower']))
  await expect.poll(() => follower.call('set', 'key', 'new'), { timeout: 10_000, interval: 50 }).toBe(true)
  await expect.poll(() => owner.call('get', 'key'), { timeout: 10_000, interval: 50 }).toBe('new')
  const next = await PersistentCache.open({ directory: home.join('elsewhere') })
  expect([next.role, await next.get('key')]).toEqual(['owner', 'old'])
  await next.close()
})
