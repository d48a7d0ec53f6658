import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { fixture, openCacheProcess } from './cache-process.js'
import { openCache } from './open-cache.js'

/** What another process gets when it opens the LevelDB whose lock makes the owner. */
function openElection(directory: string): string {
  return spawnSync(process.execPath, [fixture('level-opener.mjs'), join(directory, 'election')], { encoding: 'utf8' })
    .stdout
}

/** Opens a cache in threads of this process, in all of them at once. */
async function openInThreads(directory: string, count: number) {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const options = { workerData: { directory, gate }, execArgv: [] }
  const workers = Array.from({ length: count }, () => new Worker(fixture('worker-opener.mjs'), options))
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const roles = Promise.all(workers.map(async (worker): Promise<unknown> => (await once(worker, 'message'))[0]))
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
  return (await roles).map((role, index) => ({ role, end: () => endWorker(workers[index]) }))
}

async function endWorker(worker: Worker | undefined): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker?.postMessage('end')
  if (worker !== undefined) await once(worker, 'exit')
}

test('a second process follows the first, and owns the cache once the first has ended', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using first = await openCacheProcess({ directory })
  await first.call('set', 'key', 'of the first')
  await using bench = await openCache({ directory })
  const { cache, warnings } = bench
  expect(cache.role).toBe('follower')
  expect([await cache.get('key'), await cache.set('mine', 1), await cache.delete('key')]).toEqual([
    'of the first',
    true,
    true,
  ])
  await first.call('set', 'other', 'stays')
  await first.kill()
  expect(await cache.set('stored', 1)).toBe(true)
  expect(cache.role).toBe('owner')
  expect([await cache.get('key'), await cache.get('other')]).toEqual([undefined, 'stays'])
  expect(warnings).toEqual([])
})

test('a second cache of the same process follows and does not drop the lock of the first', async () => {
  await using bench = await openCache()
  const second = await PersistentCache.open({ directory: `${bench.directory}/.` })
  expect(second.role).toBe('follower')
  await second.close()
  expect(openElection(bench.directory)).toBe('LEVEL_LOCKED')
  expect(await bench.cache.set('key', 1)).toBe(true)
})

test('a process that was started by the owner, and got its open files, owns the cache after it', async () => {
  await using bench = await openCache()
  await using child = await openCacheProcess({ directory: bench.directory })
  expect(await child.call('role')).toBe('follower')
  await bench.cache.close()
  await expect.poll(() => child.call('set', 'key', 1), { timeout: 10_000, interval: 20 }).toBe(true)
  expect([await child.call('role'), await child.call('warnings')]).toEqual(['owner', []])
})

test.runIf(process.platform === 'linux')('a worker thread follows and does not drop the lock', async () => {
  await using bench = await openCache()
  const [worker] = await openInThreads(bench.directory, 1)
  expect(worker?.role).toBe('follower')
  await worker?.end()
  expect(openElection(bench.directory)).toBe('LEVEL_LOCKED')
})

test.runIf(process.platform === 'linux')(
  'of threads that open a cache at once one has the lock and keeps it',
  async () => {
    for (let round = 0; round < 3; round += 1) {
      using home = temporaryDirectory()
      const directory = home.join('cache')
      const threads = await openInThreads(directory, 4)
      expect(threads.map(({ role }) => String(role)).sort()).toEqual(['follower', 'follower', 'follower', 'owner'])
      expect(openElection(directory)).toBe('LEVEL_LOCKED')
      for (const { end } of threads) await end()
    }
  },
)

test('a process that neither closes nor awaits ends by itself, and its writes are there', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  const run = spawnSync(process.execPath, [fixture('write-and-leave.mjs'), directory], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({
    status: 0,
    stdout: 'owner',
    stderr: '',
  })
  const cache = await PersistentCache.open({ directory })
  expect([await cache.get('awaited'), await cache.get('small')]).toEqual([1, 2])
  expect(await cache.get<string>('large')).toHaveLength(1_000_000)
  await cache.close()
})
