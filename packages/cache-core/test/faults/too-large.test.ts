import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShared } from '../open-cache.js'

test.each(['owner', 'follower'] as const)(
  'a value that does not fit, set by the %s, is refused, leaves no older one and costs no other entry',
  async (role) => {
    await using bench = await openShared({ sizeLimit: 200_000 })
    const cache = bench[role]
    await cache.set('other', 'kept')
    for (const value of ['x'.repeat(200_001), new Uint8Array(20_000_000), { text: 'y'.repeat(5_000_000) }]) {
      expect(await cache.set('key', 'older')).toBe(true)
      expect(await cache.set('key', value)).toBe(false)
      for (const each of [bench.owner, bench.follower])
        expect([await each.get('key'), await each.get('other')]).toEqual([undefined, 'kept'])
    }
    // A key counts too.
    expect(await cache.set('k'.repeat(300_000), 1)).toBe(false)
    expect(bench.owner.stats()).toMatchObject({ size: 1, role: 'owner' })
    expect(bench.warnings).toEqual([])
    // What a follower had sent in files is gone too.
    mkdirSync(join(bench.directory, 'blobs'), { recursive: true })
    const blobs = () => readdirSync(join(bench.directory, 'blobs'), { recursive: true, encoding: 'utf8' })
    await expect.poll(() => blobs().filter((name) => name.length > 64)).toEqual([])
  },
)
