import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { laterClock, searchBench } from './support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'needle', scope: '' } as const

test('grep() runs the engine once for 100 identical searches at once', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const results = await Promise.all(Array.from({ length: 100 }, () => process.cache.grep(QUERY)))
  expect(process.engine.runs).toHaveLength(1)
  expect(results.every((result) => result.totalMatches === 1)).toBe(true)
})

test('grep() runs the engine at most twice for 100 searches of a file that was just written', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n' })
  await using process = await bench.open()
  writeFileSync(bench.join('a.txt'), 'needle needle\n')
  const results = await Promise.all(Array.from({ length: 100 }, () => process.cache.grep(QUERY)))
  expect(process.engine.runs.length).toBeLessThanOrEqual(2)
  expect(results.every((result) => result.files[0]?.matches[0]?.text === 'needle needle')).toBe(true)
})

test('grep() does not take the result of a search that began before the file was changed', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n', 'b.txt': 'nothing\n' })
  await using process = await bench.open({ clock: laterClock() })
  const started = gate()
  const released = gate()
  process.engine.after = async () => {
    started.open()
    await released.opened
  }
  const first = process.cache.grep(QUERY)
  await started.opened
  writeFileSync(bench.join('b.txt'), 'needle\n')
  const second = process.cache.grep(QUERY)
  await process.index.sync()
  released.open()
  expect((await second).totalMatches).toBe(2)
  await first
  expect((await process.cache.grep(QUERY)).totalMatches).toBe(2)
})

test('grep() searches a file again that changed while the engine ran', async () => {
  using bench = searchBench({ 'a.txt': 'needle 1\n', 'b.txt': 'nothing\n' })
  await using process = await bench.open({ clock: laterClock() })
  process.engine.after = async () => {
    process.engine.after = async () => {}
    writeFileSync(bench.join('b.txt'), 'late needle\n')
    await process.index.sync()
  }
  await process.cache.grep(QUERY)
  const { files } = await process.cache.grep(QUERY)
  expect(files.map((file) => file.path)).toEqual(['a.txt', 'b.txt'])
})

test('grep() aborts one caller without the others', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const started = gate()
  const released = gate()
  process.engine.before = async () => {
    started.open()
    await released.opened
  }
  const controller = new AbortController()
  const searches = Promise.allSettled([
    process.cache.grep(QUERY, { signal: controller.signal }),
    process.cache.grep(QUERY),
  ])
  await started.opened
  controller.abort()
  released.open()
  const [aborted, other] = await searches
  expect(aborted).toMatchObject({ status: 'rejected', reason: { code: 'SEARCH_ABORTED' } })
  expect(other).toMatchObject({ status: 'fulfilled', value: { totalMatches: 1 } })
  expect(process.engine.runs).toHaveLength(1)
})

test('grep() ends the engine when its only caller is aborted, and works the next time', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const controller = new AbortController()
  process.engine.before = async () => controller.abort()
  await expect(process.cache.grep(QUERY, { signal: controller.signal })).rejects.toMatchObject({
    code: 'SEARCH_ABORTED',
  })
  process.engine.before = async () => {}
  expect((await process.cache.grep(QUERY)).totalMatches).toBe(1)
  await expect(process.cache.grep(QUERY, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'SEARCH_ABORTED',
  })
})

function gate(): { readonly opened: Promise<void>; open(): void } {
  let resolve = (): void => {}
  const opened = new Promise<void>((settle) => {
    resolve = settle
  })
  return { opened, open: () => resolve() }
}
