import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openCacheProcess } from './cache-process.js'
import { openShared } from './open-cache.js'

const large = 'large '.repeat(20_000)

/** Puts a folder in the place of that of large values in which nothing can be made, not even by root. */
function breakBlobs(directory: string): void {
  rmSync(join(directory, 'blobs'), { recursive: true, force: true })
  symlinkSync('/proc', join(directory, 'blobs'))
}

test.runIf(process.platform === 'linux')(
  'a follower that cannot write large values refuses them, says so, and goes on with all else',
  async () => {
    await using bench = await openShared()
    const { owner, follower, clock, directory, warnings } = bench
    const events: string[] = []
    for (const name of ['degraded', 'recovered'] as const) follower.on(name, () => events.push(name))
    await follower.set('key', 'old')
    breakBlobs(directory)
    expect([await follower.set('key', large), await follower.set('other', large)]).toEqual([false, false])
    expect([await owner.get('key'), await follower.set('small', 1), await owner.get('small')]).toEqual([
      undefined,
      true,
      1,
    ])
    expect([follower.role, follower.stats().role, owner.role, events]).toEqual([
      'degraded',
      'degraded',
      'owner',
      ['degraded'],
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])

    rmSync(join(directory, 'blobs'))
    mkdirSync(join(directory, 'blobs'))
    clock.advance(1000)
    expect([await follower.set('key', large), await owner.get('key'), follower.role]).toEqual([true, large, 'follower'])
    await expect.poll(() => events).toEqual(['degraded', 'recovered'])
  },
)

test.runIf(process.platform === 'linux')(
  'an owner whose thread serves answers all that was asked for when it cannot write a large value',
  async () => {
    using home = temporaryDirectory()
    const directory = home.join('cache')
    await using owner = await openCacheProcess({ directory })
    await using follower = await openCacheProcess({ directory })
    await expect.poll(() => owner.call('serving'), { timeout: 20_000, interval: 10 }).toBe('thread')
    await follower.call('set', 'key', 'old')
    breakBlobs(directory)
    const small = Array.from({ length: 50 }, (_, index) => [`small-${index}`, index])
    expect(await owner.call('setMany', [['key', large], ...small])).toBe(false)
    expect(await owner.call('get', 'key')).toBeNull()
    expect(await owner.call('warnings')).toMatchObject([{ code: 'CACHE_DEGRADED' }])
  },
)
