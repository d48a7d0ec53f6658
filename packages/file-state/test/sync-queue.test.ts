import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { SyncQueue, type WalkRequest } from '../src/sync-queue.js'

/** A queue whose walks end when the test says so. */
function makeQueue(): {
  queue: SyncQueue<number>
  walks: WalkRequest[]
  finish: (error?: Error) => Promise<void>
} {
  const walks: WalkRequest[] = []
  const endings: ((error?: Error) => void)[] = []
  const queue = new SyncQueue<number>(
    (request) =>
      new Promise((resolve, reject) => {
        const number = walks.push(request)
        endings.push((error) => (error === undefined ? resolve(number) : reject(error)))
      }),
  )
  const finish = async (error?: Error): Promise<void> => {
    endings.shift()?.(error)
    await setImmediate()
  }
  return { queue, walks, finish }
}

test('run() gives all calls of one moment the same walk', async () => {
  const { queue, walks, finish } = makeQueue()
  const calls = Promise.all([queue.run(''), queue.run(''), queue.run('')])
  await setImmediate()
  await finish()
  expect(await calls).toEqual([1, 1, 1])
  expect(walks).toHaveLength(1)
})

test('run() never joins a walk that began before the call, and the next walk serves all who came meanwhile', async () => {
  const { queue, walks, finish } = makeQueue()
  const first = queue.run('')
  await setImmediate()
  const second = queue.run('')
  await setImmediate()
  const third = queue.run('')
  await finish()
  expect(await first).toBe(1)
  await finish()
  expect(await Promise.all([second, third])).toEqual([2, 2])
  expect(walks).toHaveLength(2)
})

test('run() walks the scopes of all who wait, the outermost only', async () => {
  const { queue, walks, finish } = makeQueue()
  const calls = [queue.run('a/b'), queue.run('a'), queue.run('ab'), queue.run('a/b/c')]
  await setImmediate()
  expect(walks[0]?.scopes).toEqual(['a', 'ab'])
  const more = [queue.run('a'), queue.run('')]
  await finish()
  await setImmediate()
  expect(walks[1]?.scopes).toEqual([''])
  await finish()
  await Promise.all([...calls, ...more])
})

test('run() that is aborted leaves the walk to the others, and nobody waiting abandons it', async () => {
  const { queue, walks, finish } = makeQueue()
  const controller = new AbortController()
  const reason = new Error('enough')
  const aborted = queue.run('', controller.signal)
  const other = queue.run('')
  await setImmediate()
  controller.abort(reason)
  await expect(aborted).rejects.toBe(reason)
  expect(walks[0]?.isAbandoned()).toBe(false)
  await finish()
  expect(await other).toBe(1)
  const lonely = new AbortController()
  const last = queue.run('', lonely.signal)
  await setImmediate()
  lonely.abort(reason)
  await expect(last).rejects.toBe(reason)
  expect(walks[1]?.isAbandoned()).toBe(true)
  await finish()
  await expect(queue.run('', AbortSignal.abort(reason))).rejects.toBe(reason)
})

test('run() rejects all who wait for a walk that failed, and the next walk is a new attempt', async () => {
  const { queue, finish } = makeQueue()
  const calls = Promise.allSettled([queue.run(''), queue.run('a')])
  await setImmediate()
  await finish(new Error('no such directory'))
  expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = queue.run('')
  await setImmediate()
  await finish()
  expect(await next).toBe(2)
})
