import { temporaryDirectory } from '@fsagent/testing'
import { expect } from 'vitest'
import type * as Package from '../src/index.js'
import type { CacheWarning, PersistentCache, PersistentCacheOptions } from '../src/index.js'

/** The package as it was built: from its sources no thread can be started. */
async function builtPackage(): Promise<typeof Package> {
  const location = new URL('../dist/index.js', import.meta.url).href
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made from those sources
  return (await import(location)) as typeof Package
}

/** An owner whose thread serves, and a follower of it, in this process. */
export interface ThreadBench extends AsyncDisposable {
  readonly owner: PersistentCache
  readonly follower: PersistentCache
  readonly directory: string
  readonly warnings: readonly CacheWarning[]
}

/** Opens a directory twice and waits until a thread serves it: `await using bench = await openThreaded()`. */
export async function openThreaded(options: Partial<PersistentCacheOptions> = {}): Promise<ThreadBench> {
  const home = temporaryDirectory()
  const directory = home.join('cache')
  const warnings: CacheWarning[] = []
  const settings = { directory, onWarning: (warning: CacheWarning) => void warnings.push(warning), ...options }
  const built = await builtPackage()
  const owner = await built.PersistentCache.open(settings)
  const follower = await built.PersistentCache.open(settings)
  await expect.poll(() => owner.stats().serving, { timeout: 20_000, interval: 10 }).toBe('thread')
  await expect.poll(() => follower.role, { timeout: 20_000, interval: 10 }).toBe('follower')
  return {
    owner,
    follower,
    directory,
    warnings,
    [Symbol.asyncDispose]: async () => {
      await follower.close()
      await owner.close()
      home[Symbol.dispose]()
    },
  }
}
