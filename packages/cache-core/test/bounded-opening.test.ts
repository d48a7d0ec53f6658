import { renameSync, symlinkSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { openCache } from './open-cache.js'

test.runIf(process.platform === 'linux')('open() and close() end where no directory can ever be made', async () => {
  using home = temporaryDirectory()
  symlinkSync('/proc', home.join('link'))
  const codes: string[] = []
  const onWarning = ({ code }: { readonly code: string }) => void codes.push(code)
  const cache = await PersistentCache.open({ directory: home.join('link/some/cache'), onWarning })
  expect([cache.role, await cache.set('key', 1), codes]).toEqual(['degraded', false, ['CACHE_DEGRADED']])
  await cache.close()
})

test.runIf(process.platform === 'linux')(
  'a directory that becomes a link into /proc costs the cache, no more',
  async () => {
    await using bench = await openCache()
    const { cache, directory, clock } = bench
    await cache.set('key', 1)
    renameSync(directory, `${directory}-moved`)
    symlinkSync('/proc/self/fdinfo/none', directory)
    clock.advance(2000)
    await cache.get('key')
    await expect.poll(() => cache.role).toBe('degraded')
    expect([await cache.get('key'), await cache.set('key', 2)]).toEqual([undefined, false])
    await cache.close()
  },
)

test('open() rejects with the reason of a signal, before and while it waits, and leaves nothing open', async () => {
  await using bench = await openCache()
  await bench.close()
  const { directory } = bench
  const aborted = AbortSignal.abort(new Error('enough'))
  await expect(PersistentCache.open({ directory, signal: aborted })).rejects.toThrow('enough')
  const controller = new AbortController()
  const opening = PersistentCache.open({ directory, signal: controller.signal })
  controller.abort(new Error('too long'))
  await expect(opening).rejects.toThrow('too long')
  await bench.reopen()
  await expect.poll(() => bench.cache.set('key', 1)).toBe(true)
})
