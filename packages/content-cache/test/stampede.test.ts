import { writeFileSync } from 'node:fs'
import { systemClock } from '@fsagent/cache-core'
import { expect, test } from 'vitest'
import { contentFixture } from './support/content-fixture.js'

/** A loader that counts and can be held up. */
function gatedLoader(text: () => string): { load: () => Promise<Uint8Array>; count: () => number; open: () => void } {
  let count = 0
  let open = (): void => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const load = async (): Promise<Uint8Array> => {
    count += 1
    const bytes = Buffer.from(text())
    await gate
    return bytes
  }
  return { load, count: () => count, open: () => open() }
}

/** Lets everything go on that can go on without the gate. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test.each([
  ['with a store', false, { hits: 99, confirmed: 0, misses: 1, stale: 0 }],
  ['without a store', true, { hits: 0, confirmed: 0, misses: 0, stale: 0 }],
])('100 callers at once are one load %s', async (_name, withoutStore, stats) => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' }, withoutStore })
  const loader = gatedLoader(() => 'one')
  const asked = Array.from({ length: 100 }, () => fixture.cache.getContent('a.md', { loader: loader.load }))
  loader.open()
  const answers = await Promise.all(asked)
  expect(answers.every(({ content }) => content.text() === 'one')).toBe(true)
  expect(loader.count()).toBe(1)
  expect(fixture.cache.stats()).toEqual(stats)
})

test('callers that come while a load runs share its result when one stat proves it', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const loader = gatedLoader(() => 'one')
  const first = fixture.cache.getContent('a.md', { loader: loader.load })
  await settle()
  const late = Array.from({ length: 100 }, () => fixture.cache.getContent('a.md', { loader: loader.load }))
  await settle()
  loader.open()
  const outcomes = (await Promise.all([first, ...late])).map(({ cache }) => cache.outcome)
  expect(outcomes).toEqual(['miss', ...late.map(() => 'hit')])
  expect(loader.count()).toBe(1)
})

test('callers that come after a change get the changed file, by one more load for all of them', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const early = gatedLoader(() => 'one')
  const later = gatedLoader(() => 'two')
  const first = fixture.cache.getContent('a.md', { loader: early.load })
  await settle()
  writeFileSync(fixture.at('a.md'), 'two')
  const late = Array.from({ length: 100 }, () => fixture.cache.getContent('a.md', { loader: later.load }))
  await settle()
  later.open()
  early.open()
  await first
  for (const { content } of await Promise.all(late)) expect(content.text()).toBe('two')
  expect([early.count(), later.count()]).toEqual([1, 1])
  expect((await fixture.cache.getContent('a.md')).content.text()).toBe('two')
})

test('a caller that comes after a change does not take what a load read before it', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const loader = gatedLoader(() => 'one')
  const first = fixture.cache.getContent('a.md', { loader: loader.load })
  await settle()
  loader.open()
  // Far enough that the file was looked at for the second time, not so far that the entry is on disk.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  writeFileSync(fixture.at('a.md'), 'two')
  const late = fixture.cache.getContent('a.md')
  expect((await first).content.text()).toBe('one')
  expect((await late).content.text()).toBe('two')
})

test('a racy result is not shared with callers that came later: they load once more', async () => {
  await using fixture = await contentFixture({ clock: systemClock })
  writeFileSync(fixture.at('a.md'), 'one')
  const loader = gatedLoader(() => 'one')
  const first = fixture.cache.getContent('a.md', { loader: loader.load })
  await settle()
  const late = Array.from({ length: 50 }, () => fixture.cache.getContent('a.md', { loader: loader.load }))
  await settle()
  loader.open()
  await Promise.all([first, ...late])
  expect(loader.count()).toBe(2)
})

test('a caller that gives up leaves the load to the others', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const loader = gatedLoader(() => 'one')
  const controller = new AbortController()
  const { signal } = controller
  const impatient = fixture.cache.getContent('a.md', { loader: loader.load, signal })
  const patient = fixture.cache.getContent('a.md', { loader: loader.load })
  await settle()
  const late = fixture.cache.getContent('a.md', { loader: loader.load, signal })
  controller.abort(new Error('enough'))
  await expect(impatient).rejects.toThrow('enough')
  await expect(late).rejects.toThrow('enough')
  loader.open()
  expect((await patient).content.text()).toBe('one')
  expect(loader.count()).toBe(1)
})

test('a caller that gave up before asking gets the reason and reads nothing', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const loader = gatedLoader(() => 'one')
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fixture.cache.getContent('a.md', { loader: loader.load, signal })).rejects.toThrow('enough')
  expect(loader.count()).toBe(0)
})

test('a failed load fails those who shared it, and those who came later load anew', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  let fail = (): void => {}
  const failing = (): Promise<Uint8Array> =>
    new Promise((_resolve, reject) => {
      fail = () => reject(new Error('disk trouble'))
    })
  const sharing = [1, 2].map(() => fixture.cache.getContent('a.md', { loader: failing }))
  await settle()
  const late = fixture.cache.getContent('a.md')
  fail()
  for (const answer of sharing) await expect(answer).rejects.toThrow('disk trouble')
  expect((await late).content.text()).toBe('one')
})
