import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
