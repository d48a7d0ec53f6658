import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from './cache-process.js'

test('while the owner is stopped followers wait once, then miss at once, and go on when it does', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory, memoryLimit: 0 })
  await owner.call('setMany', [
    ['key', 'old'],
    ['kept', 'kept'],
    ['gone', 'old'],
  ])
  expect(await follower.call('get', 'key')).toBe('old')
  owner.signal('SIGSTOP')
  const before = (milliseconds: number, ...call: [string, ...unknown[]]) =>
    follower.call('beforeTimer', milliseconds, ...call)
  // One call waits, but not longer than a quarter of a second; the others do not wait.
  expect(await before(1000, 'get', 'kept')).toEqual({ result: null, isBefore: true })
  const keys = Array.from({ length: 500 }, (_, index) => `key-${index}`)
  expect(await before(200, 'getMany', keys)).toEqual({ result: keys.map(() => null), isBefore: true })
  expect(await follower.call('role')).toBe('degraded')
  expect(await before(200, 'set', 'key', 'new')).toEqual({ result: false, isBefore: true })
  expect(await before(5000, 'delete', 'gone')).toEqual({ result: false, isBefore: true })
  expect(await before(200, 'delete', 'gone')).toEqual({ result: false, isBefore: true })
  // A process that comes now finds nobody who answers, and works.
  await using late = await openCacheProcess({ directory })
  expect([await late.call('role'), await late.call('get', 'kept')]).toEqual(['degraded', null])
  expect(await late.call('warnings')).toMatchObject([{ code: 'CACHE_OWNER_SILENT' }])
  owner.signal('SIGCONT')
  await expect.poll(() => follower.call('get', 'kept'), { timeout: 10_000, interval: 20 }).toBe('kept')
  expect(await follower.call('role')).toBe('follower')
  expect(await follower.call('warnings')).toMatchObject([{ code: 'CACHE_OWNER_SILENT' }])
  // What could not be stored has left no older value behind, and what was deleted is gone.
  expect(await follower.call('getMany', ['key', 'gone'])).toEqual([null, null])
  expect(await owner.call('getMany', ['key', 'gone'])).toEqual([null, null])
  expect(await follower.call('set', 'key', 'newest')).toBe(true)
  expect(await owner.call('get', 'key')).toBe('newest')
  await expect.poll(() => late.call('get', 'kept'), { timeout: 10_000, interval: 50 }).toBe('kept')
})

test('a follower whose owner is stopped in the middle of changes ends in the right state when the owner is killed', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  await owner.call('setMany', [
    ['overwritten', 'old'],
    ['deleted', 'old'],
    ['kept', 'kept'],
  ])
  owner.signal('SIGSTOP')
  await follower.call('setMany', [
    ['overwritten', 'lost'],
    ['lost', 'lost'],
  ])
  await follower.call('delete', 'deleted')
  await follower.call('set', 'overwritten', 'lost again')
  await owner.kill()
  await expect.poll(() => follower.call('get', 'kept'), { timeout: 10_000, interval: 20 }).toBe('kept')
  expect(await follower.call('role')).toBe('owner')
  expect(await follower.call('getMany', ['overwritten', 'deleted'])).toEqual([null, null])
  expect(await follower.call('set', 'overwritten', 'new')).toBe(true)
  expect(await follower.call('get', 'overwritten')).toBe('new')
})

test('more changes than may wait at a time neither wait for an owner that is stopped nor replace what is newer', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  await using other = await openCacheProcess({ directory })
  owner.signal('SIGSTOP')
  const keys = Array.from({ length: 1500 }, (_, index) => `key-${index}`)
  const late = keys.map((key) => [key, `late ${'x'.repeat(500)}`])
  expect(await follower.call('setMany', late)).toBe(false)
  expect(await follower.call('get', 'key-0')).toBeNull()
  other.send('set', 'key-1400', 'newer')
  owner.signal('SIGCONT')
  await other.next()
  // What was not even sent never comes as a value, not for a moment.
  const seen = new Set<unknown>()
  while ((await follower.call('set', 'last', 1)) !== true) seen.add(await other.call('get', 'key-1400'))
  expect([null, 'newer']).toEqual(expect.arrayContaining([...seen]))
  // In the order of the calls: all that was late has come, and the deletions that followed it.
  await follower.call('delete', 'last')
  const left = (await owner.call('getMany', keys)) as unknown[]
  expect(left.filter((value) => value !== null && value !== 'newer')).toEqual([])
})

test('a command that follows a stopped owner lists no keys, and can end', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory })
  owner.signal('SIGSTOP')
  // A page of keys may take five seconds, but not when the owner is silent.
  expect(await follower.call('beforeTimer', 3000, 'list', '')).toEqual({ result: [], isBefore: true })
  await follower.call('delete', 'key')
  await follower.leave()
})
