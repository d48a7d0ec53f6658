import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import { countDescriptors } from './support.js'

test('sync() of 3,000 directories in each other keeps few open and records where paths become too long', async () => {
  using directory = temporaryDirectory()
  const nest = 'for (let i = 0; i < 3000; i++) { fs.mkdirSync("d"); fs.writeFileSync("f", ""); process.chdir("d") }'
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
  } finally {
    execFileSync('rm', ['-rf', directory.join('d')])
  }
})

test('sync() lets the event loop turn, and stops when nobody waits for it any more', async () => {
  using directory = temporaryDirectory()
  for (let number = 0; number < 6_000; number += 1) writeFileSync(directory.join(`file-${number}`), '')
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const controller = new AbortController()
  const outcome = Promise.allSettled([index.sync({ signal: controller.signal })])
  await setImmediate()
  controller.abort(new Error('enough'))
  expect(await outcome).toMatchObject([{ status: 'rejected', reason: { message: 'enough' } }])
  await setImmediate()
  expect(index.children('').length).toBeLessThan(6_000)
  const walk = { ended: false }
  const counting = countTurns(walk)
  await index.sync()
  walk.ended = true
  expect(await counting).toBeGreaterThan(2)
  expect(index.children('')).toHaveLength(6_000)
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
  for (let generation = 0; generation < 10; generation += 1) {
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

test('sync() knows nothing any more of a directory that is moved away after the walk saw it', async () => {
  using directory = temporaryDirectory()
  using outside = temporaryDirectory()
  const names = Array.from({ length: 1_500 }, (_, number) => `d${number}`)
  for (const name of names) {
    mkdirSync(directory.join(name))
    writeFileSync(directory.join(`${name}/file`), '')
  }
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  await index.sync()
  for (const name of names) rmSync(directory.join(`${name}/file`))
  const syncing = index.sync()
  await setImmediate()
  await setImmediate()
  for (const name of names) renameSync(directory.join(name), outside.join(name))
  await syncing
  expect([...index.walk('')].filter(({ kind }) => kind === 'file')).toEqual([])
})

test('sync() comes back to directories that it had to close, and finds them again', async () => {
  using directory = temporaryDirectory()
  const nest =
    'for (let i = 0; i < 200; i++) { for (const n of ["a", "d", "z"]) fs.mkdirSync(n); fs.writeFileSync("a/f", ""); fs.writeFileSync("z/f", ""); process.chdir("d") }'
  execFileSync(process.execPath, ['-e', nest], { cwd: directory.path })
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root })
  const before = countDescriptors()
  await index.sync()
  expect([...index.walk('')]).toHaveLength(1 + 200 * 5)
  expect(countDescriptors()).toBe(before)
})

/** How often the event loop turns until the walk has ended. */
async function countTurns(walk: { readonly ended: boolean }): Promise<number> {
  for (let turns = 0; ; turns += 1) {
    if (walk.ended) return turns
    await setImmediate()
  }
}
