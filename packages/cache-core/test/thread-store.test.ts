import { expect, test } from 'vitest'
import { systemClock } from '../src/index.js'
import { openThreaded } from './built-cache.js'
import { keysOf, openShared } from './open-cache.js'

test('what an owner sees is the same whether a thread serves its store or not', async () => {
  await using bench = await openThreaded()
  const { owner, follower } = bench
  expect([owner.role, owner.stats().serving, follower.stats().serving]).toEqual(['owner', 'thread', 'none'])
  const set = owner.set('key', { a: 1 }, { tags: ['t'] })
  // Not acknowledged, and there at once.
  expect(owner.getSync('key')).toEqual({ a: 1 })
  expect(await set).toBe(true)
  expect(owner.lookupSync('key')).toMatchObject({ value: { a: 1 }, tier: 'memory' })
  const deletion = owner.delete('key')
  expect(owner.getSync('key')).toBeUndefined()
  expect([await deletion, await owner.delete('key')]).toEqual([true, false])
  const large = 'x'.repeat(200_000)
  expect(await owner.namespace('n').set('large', large, { ttlSeconds: 60, tags: ['t'] })).toBe(true)
  expect(owner.namespace('n').getSync('large')).toBe(large)
  expect(await follower.namespace('n').get('large')).toBe(large)
  expect([owner.stats().size, owner.namespace('n').stats().size]).toEqual([1, 1])
  expect(await owner.namespace('n').deleteByTag('t')).toBe(1)
  expect(owner.namespace('n').getSync('large')).toBeUndefined()
  await owner.setMany(Array.from({ length: 300 }, (_, index) => [`k-${index}`, index] as const))
  expect(await keysOf(owner, 'k-')).toHaveLength(300)
  await owner.compact()
  expect(owner.getSync('k-7')).toBe(7)
  await owner.clear()
  expect([owner.getSync('k-7'), owner.stats().size]).toEqual([undefined, 0])
  expect(bench.warnings).toEqual([])
})

test('an owner reads from the disk what its thread wrote for a follower, in whatever namespace', async () => {
  await using bench = await openThreaded({ memoryLimit: 0 })
  const { owner, follower } = bench
  for (let round = 0; round < 20; round += 1) {
    const [mine, theirs] = [owner.namespace(`n-${round}`), follower.namespace(`n-${round}`)]
    expect(await theirs.set('key', round)).toBe(true)
    expect(mine.lookupSync('key')).toMatchObject({ value: round, tier: 'disk' })
    await (round % 2 === 0 ? theirs : follower).clear()
    expect(mine.getSync('key')).toBeUndefined()
    expect(await theirs.set('key', -round)).toBe(true)
    expect(mine.getSync('key')).toBe(-round)
  }
})

test('stats() of an owner tells of more namespaces than its followers hear of', async () => {
  await using bench = await openThreaded()
  const { owner } = bench
  for (let index = 0; index < 300; index += 1) await owner.namespace(`n-${index}`).set('key', index)
  expect(owner.namespace('n-299').stats().size).toBe(1)
  expect(owner.stats().size).toBe(300)
})

test('what the owner has in memory ends with every change by a follower, once that has resolved', async () => {
  await using bench = await openThreaded({ sizeLimit: 1_000_000 })
  const { owner, follower } = bench
  const changes = [
    () => follower.delete('key'),
    () => follower.set('key', 'new'),
    () => follower.set('key', 'x'.repeat(2_000_000)),
    () => follower.deleteByTag('tag'),
    () => follower.clear(),
  ]
  for (const change of changes) {
    await owner.set('key', 'old', { tags: ['tag'] })
    expect(owner.lookupSync('key')).toMatchObject({ value: 'old', tier: 'memory' })
    await change()
    expect(owner.getSync('key')).not.toBe('old')
    expect(owner.getSync('key')).toBe(await follower.get('key'))
  }
})

test('an owner never sees a value older than one that was acknowledged before', async () => {
  await using bench = await openThreaded()
  const { owner, follower } = bench
  const state = { acknowledged: 0, isRunning: true }
  const writing = (async () => {
    for (let value = 1; state.isRunning; value += 1) {
      await (value % 2 === 0 ? follower : owner).set('key', value)
      state.acknowledged = value
    }
  })()
  let fromMemory = 0
  for (let round = 0; state.acknowledged < 500; round += 1) {
    const floor = state.acknowledged
    const seen = owner.lookupSync<number>('key')
    expect(seen?.value ?? 0).toBeGreaterThanOrEqual(floor)
    if (seen?.tier === 'memory') fromMemory += 1
    if (round % 10 === 0) await new Promise(setImmediate)
  }
  state.isRunning = false
  await writing
  expect(fromMemory).toBeGreaterThan(100)
})

test.each([
  ['a clock of its own', {}],
  ['no built file for a thread to run', { clock: systemClock }],
])('an owner with %s serves from its own event loop', async (_, options) => {
  await using bench = await openShared(options)
  const { owner, follower } = bench
  for (let round = 0; round < 100; round += 1) expect(await follower.set('key', round)).toBe(true)
  expect([owner.stats().serving, await owner.get('key')]).toEqual(['loop', 99])
})
