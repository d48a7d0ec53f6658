import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { FakeClock } from '@fsagent/testing'
import { PersistentCache } from '@fsagent/cache-core'
import { expect, test } from 'vitest'
import { ContentCache } from '../src/index.js'
import { contentFixture, type ContentFixture } from './support/content-fixture.js'

/** The key under which the one entry of the fixture is kept. */
async function onlyKey({ store }: ContentFixture): Promise<string> {
  const keys: string[] = []
  for await (const key of store.namespace('content').keys()) keys.push(key)
  expect(keys).toHaveLength(1)
  return keys[0] ?? ''
}

const foreign: readonly [string, (record: Record<string, unknown>) => unknown][] = [
  ['a string', () => 'text'],
  ['null', () => null],
  ['bytes', () => Buffer.from('x')],
  ['an empty object', () => ({})],
  ['another version', (record) => ({ ...record, version: 2 })],
  ['no state', (record) => ({ ...record, state: undefined })],
  ['a state without signature', (record) => ({ ...record, state: { racy: false, contentHash: 'x' } })],
  ['bytes of another length', (record) => ({ ...record, bytes: Buffer.from('longer than before') })],
  ['bytes that are text', (record) => ({ ...record, bytes: 'one' })],
]

test.each(foreign)('a stored record that is %s is a miss', async (_name, change) => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  await fixture.cache.getContent('a.md')
  const key = await onlyKey(fixture)
  const entries = fixture.store.namespace('content')
  await entries.set(key, change((await entries.get<Record<string, unknown>>(key)) ?? {}))
  const { content, cache } = await fixture.again().getContent('a.md')
  expect([content.text(), cache.outcome]).toEqual(['one', 'miss'])
  expect((await fixture.cache.getContent('a.md')).cache.outcome).toBe('hit')
})

test('what a caller does to the bytes it got does not reach the next caller', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one\ntwo\n' } })
  for (let round = 0; round < 3; round += 1) {
    const { content } = await fixture.cache.getContent('a.md')
    const lines = await fixture.cache.getLines('a.md', { start: 1 })
    expect([content.text(), lines.text]).toEqual(['one\ntwo\n', 'one\ntwo\n'])
    content.bytes.fill(0)
    content.head(1).fill(0)
    lines.bytes.fill(0)
  }
})

test('an entry is not used any more once it is as old as the ttl, whatever the file looks like', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const clock = new FakeClock()
  await using store = await PersistentCache.open({ directory: fixture.outside('timed'), clock })
  const cache = new ContentCache({ root: fixture.root, store, ttlSeconds: 60 })
  await cache.getContent('a.md')
  clock.advance(59_000)
  expect(cache.isFresh('a.md')).toBe(true)
  clock.advance(2_000)
  for await (const key of store.keys()) expect.fail(`${key} did not expire`)
  expect((await cache.getContent('a.md')).cache.outcome).toBe('miss')
})

test('a shorter ttl than the one an entry was stored under counts', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  const clock = new FakeClock()
  await using store = await PersistentCache.open({ directory: fixture.outside('timed'), clock })
  await new ContentCache({ root: fixture.root, store }).getContent('a.md')
  clock.advance(120_000)
  expect(new ContentCache({ root: fixture.root, store }).isFresh('a.md')).toBe(true)
  expect(new ContentCache({ root: fixture.root, store, ttlSeconds: 60 }).isFresh('a.md')).toBe(false)
})

test('an answer does not wait for a disk that hangs, and not more than a limit waits for it', async () => {
  const size = 30 * 1_048_576
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt']
  await using fixture = await contentFixture({ tree: Object.fromEntries(names.map((name) => [name, ''])) })
  for (const name of names) writeFileSync(fixture.at(name), Buffer.alloc(size, 'text\n'))
  const hanging = { sets: 0, end: () => {} }
  const hang = new Promise<void>((resolve) => (hanging.end = resolve))
  const store = new Proxy(fixture.store.namespace('hanging'), {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (name !== 'set') return typeof member === 'function' ? member.bind(target) : member
      return async () => {
        hanging.sets += 1
        await hang
      }
    },
  })
  const cache = new ContentCache({ root: fixture.root, store, maxFileSize: size })
  for (const name of names) expect((await cache.getContent(name)).content.byteLength).toBe(size)
  expect(hanging.sets).toBe(3)
  hanging.end()
  await cache.drained()
})

test('answers stay right when the store is closed under the cache', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  await fixture.cache.getContent('a.md')
  await fixture.store.close()
  writeFileSync(fixture.at('a.md'), 'two')
  for (let round = 0; round < 2; round += 1) {
    expect((await fixture.cache.getContent('a.md')).content.text()).toBe('two')
  }
})

test('answers stay right when the directory of the store cannot be used or disappears', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  writeFileSync(fixture.outside('file'), 'no directory')
  await using store = await PersistentCache.open({ directory: fixture.outside('file/cache') })
  const cache = new ContentCache({ root: fixture.root, store })
  expect(store.role).toBe('degraded')
  for (const text of ['two', 'three']) {
    writeFileSync(fixture.at('a.md'), text)
    expect((await cache.getContent('a.md')).content.text()).toBe(text)
    expect((await fixture.cache.getContent('a.md')).content.text()).toBe(text)
    rmSync(fixture.outside('cache'), { recursive: true, force: true })
    expect((await fixture.cache.getContent('a.md')).content.text()).toBe(text)
  }
  chmodSync(fixture.at('a.md'), 0o600)
  expect((await fixture.cache.getContent('a.md')).content.text()).toBe('three')
})
