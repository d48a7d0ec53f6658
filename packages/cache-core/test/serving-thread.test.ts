import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { auditDatabase } from './audit-database.js'
import { openCacheProcess, type CacheProcess } from './cache-process.js'

const soon = { timeout: 20_000, interval: 10 }

async function untilServing(owner: CacheProcess, serving: string): Promise<void> {
  await expect.poll(() => owner.call('serving'), soon).toBe(serving)
}

test('followers are answered while the event loop of the owner is blocked', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await using follower = await openCacheProcess({ directory, memoryLimit: 0 })
  await owner.call('setMany', [
    ['key', 'kept'],
    ['gone', 'old'],
  ])
  await untilServing(owner, 'thread')
  await expect.poll(() => follower.call('get', 'key'), soon).toBe('kept')
  const order: unknown[] = []
  owner.send('block', 3000)
  expect(await owner.next()).toBe('blocked')
  const unblocked = owner.next().then((said) => order.push(said))
  for (let index = 0; index < 20; index += 1) {
    order.push(await follower.call('get', 'key'))
    order.push(await follower.call('set', `new-${index}`, index))
  }
  order.push(await follower.call('delete', 'gone'), await follower.call('within', 'n', 'clear'))
  order.push(await follower.call('get', 'gone'), await follower.call('get', 'new-19'))
  // All of it came before the owner could do anything.
  const expected = [...Array.from({ length: 20 }, () => ['kept', true]).flat(), true, null, null, 19]
  expect(order).toEqual(expected)
  await unblocked
  expect([await owner.call('getSync', 'gone'), await owner.call('getSync', 'new-19')]).toEqual([null, 19])
})

test('nothing is lost when a thread takes over under load, and when it ends under load', async () => {
  using home = temporaryDirectory()
  const directory = home.join('cache')
  await using owner = await openCacheProcess({ directory })
  await owner.call('startLoad', 'owner', 200)
  await expect.poll(() => owner.call('progress'), soon).toBeGreaterThan(20)
  await using first = await openCacheProcess({ directory, memoryLimit: 0 })
  await using second = await openCacheProcess({ directory })
  const loads = [
    { process: owner, prefix: 'owner' },
    { process: first, prefix: 'first' },
    { process: second, prefix: 'second' },
  ]
  await first.call('startLoad', 'first', 200)
  await second.call('startLoad', 'second', 200)
  const goOn = async (): Promise<void> => {
    for (const { process } of loads) {
      const before = Number(await process.call('progress'))
      await expect.poll(() => process.call('progress'), soon).toBeGreaterThan(before + 50)
    }
  }
  await untilServing(owner, 'thread')
  await goOn()
  await owner.call('endThread')
  await untilServing(owner, 'loop')
  await goOn()
  for (const { process, prefix } of loads)
    expect(await process.call('stopLoad', prefix)).toMatchObject({ refused: 0, wrong: 0, rejected: 0, lost: [] })
  for (const { process } of loads) expect(await process.call('warnings')).toEqual([])
  const { size } = (await owner.call('stats')) as { size: number }
  expect(await first.call('stats')).toMatchObject({ size })
  await owner.call('close')
  await Promise.all([first.call('close'), second.call('close')])
  const { stated, counted } = await auditDatabase(directory)
  expect(stated).toEqual(counted)
  expect(stated['entries']).toBe(size)
})
