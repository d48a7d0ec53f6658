import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { temporaryDirectory, FakeClock } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache, type CacheWarning } from '../src/index.js'

test('a function for warnings that throws keeps the cache from nothing, and its error comes out', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const clock = new FakeClock()
  mkdirSync(directory)
  chmodSync(directory, 0o755)
  const known = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  const said: unknown[] = []
  process.on('uncaughtException', (error) => said.push(error.message))
  try {
    const onWarning = ({ code }: CacheWarning): void => {
      throw new Error(code)
    }
    await using cache = await PersistentCache.open({ directory, clock, onWarning })
    expect(await cache.set('key', 1)).toBe(true)
    rmSync(directory, { recursive: true })
    clock.advance(1000)
    cache.getSync('key')
    await expect.poll(() => existsSync(directory)).toBe(true)
    expect([await cache.set('key', 2), await cache.get('key'), cache.role]).toEqual([true, 2, 'owner'])
    expect(said).toEqual(['CACHE_DIRECTORY_TIGHTENED', 'CACHE_DIRECTORY_REPLACED'])
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of known) process.on('uncaughtException', listener)
  }
})

test('what is no function for warnings is refused', async () => {
  using home = temporaryDirectory()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a caller without types may hand in
  const onWarning = 'console' as unknown as () => void
  await expect(PersistentCache.open({ directory: home.join('cache'), onWarning })).rejects.toThrow(TypeError)
})
