import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { countDescriptors } from './support.js'

test('sync() of 10,000 directories in each other keeps few open and records where paths become too long', async () => {
  using directory = temporaryDirectory()
  const nest = 'for (let i = 0; i < 10000; i++) { fs.mkdirSync("d"); fs.writeFileSync("f", ""); process.chdir("d") }'
  execFileSync(process.execPath, ['-e', nest], { cwd: directory.path })
  try {
    using root = await DataRoot.open(directory.path)
    await using index = await TreeIndex.open({ root })
    const before = countDescriptors()
    const syncing = index.sync()
    await setImmediate()
    expect(countDescriptors() - before).toBeLessThan(100)
    await syncing
    expect(countDescriptors()).toBe(before)
    const [deepest] = index.unreadable('')
    expect(deepest?.length).toBeGreaterThan(3_900)
    const count = [...index.walk('')].length
    expect(count).toBeGreaterThan(3_900)
    expect(index.digest('')).toHaveLength(40)
    const { sequence } = await index.sync()
    expect(sequence).toBe(index.subtreeSequence(''))
    rmSync(directory.join('f'))
    await index.sync()
    expect(index.changesSince(sequence, '')).toEqual({ complete: true, changed: [], removed: ['f'] })
  } finally {
    execFileSync('rm', ['-rf', directory.join('d')])
  }
})

test('sync() lets the event loop turn while it walks 20,000 files', async () => {
  using directory = temporaryDirectory()
  for (let outer = 0; outer < 100; outer += 1) {
    mkdirSync(directory.join(`d${outer}`))
    for (let inner = 0; inner < 200; inner += 1) writeFileSync(directory.join(`d${outer}/f${inner}`), '')
  }
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  let turns = 0
  let walking = true
  const counting = (async () => {
    for (; walking; turns += 1) await setImmediate()
  })()
  await index.sync()
  walking = false
  await counting
  expect(turns).toBeGreaterThan(3)
  expect([...index.walk('')]).toHaveLength(20_101)
})

test('sync() of a tree that is torn down and built up meanwhile ends, and the next one is right', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const build = (generation: number): void => {
    for (let inner = 0; inner < 50; inner += 1) {
      mkdirSync(directory.join(`d${inner}/sub`), { recursive: true })
      writeFileSync(directory.join(`d${inner}/sub/${generation}`), '')
    }
  }
  for (let generation = 0; generation < 20; generation += 1) {
    build(generation)
    const syncing = index.sync()
    await setImmediate()
    for (let inner = generation % 3; inner < 50; inner += 3) rmSync(directory.join(`d${inner}`), { recursive: true })
    await syncing
  }
  await index.sync()
  await using fresh = await TreeIndex.open({ root })
  await fresh.sync()
  expect(index.digest('')).toBe(fresh.digest(''))
})

test('sync() that nobody waits for any more stops, and what it saw stays right', async () => {
  using directory = temporaryDirectory()
  for (let inner = 0; inner < 8_000; inner += 1) writeFileSync(directory.join(`file-${inner}`), '')
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const controller = new AbortController()
  const syncing = index.sync({ signal: controller.signal })
  const outcome = expect(syncing).rejects.toThrow('enough')
  await setImmediate()
  controller.abort(new Error('enough'))
  await outcome
  await setImmediate()
  expect(index.children('').length).toBeLessThan(8_000)
  await index.sync()
  expect(index.children('')).toHaveLength(8_000)
})
