import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeClock, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { createAgent } from '../../src/create-agent.js'
import { openAgent, type TestAgent } from '../support/open-agent.js'
import { codesOf, leaks, readingCalls, runAll, secretText, type Call } from './support/every-tool.js'
import { naiveTools } from './support/naive-tools.js'

const modes = ['scan', 'watch'] as const

/** Calls whose answers a cache holds. */
const below: readonly Call[] = [
  ['grep', { pattern: 'inside' }],
  ['grep', { pattern: 'inside', mode: 'count' }],
  ['find', { name: '*.txt' }],
  ['tree', {}],
  ['ls', { path: '.' }],
]

/** Ways in which something that was inside lies outside from then on, and the path still leads to the same bytes. */
const departures = {
  'its directory was moved out and linked back': ({ root, outside }: TestAgent) => {
    renameSync(join(root, 'kept/directory'), join(outside, 'moved'))
    symlinkSync(join(outside, 'moved'), join(root, 'kept/directory'))
  },
  'a directory further up was moved out and linked back': ({ root, outside }: TestAgent) => {
    renameSync(join(root, 'kept'), join(outside, 'moved'))
    symlinkSync(join(outside, 'moved'), join(root, 'kept'))
  },
  'it was moved out itself and linked back': ({ root, outside }: TestAgent) => {
    renameSync(join(root, 'kept/directory/file.txt'), join(outside, 'file.txt'))
    symlinkSync(join(outside, 'file.txt'), join(root, 'kept/directory/file.txt'))
  },
  'a link on the way to it points outside now': ({ root, outside }: TestAgent) => {
    rmSync(join(root, 'kept'), { recursive: true })
    writeTree(outside, { 'other/directory/file.txt': `inside ${secretText}\n` })
    symlinkSync('../other', join(root, 'kept'))
  },
} as const

const cases = modes.flatMap((mode) => Object.keys(departures).map((how) => ({ mode, how })))

test.each(cases)('nothing stored is served after $how ($mode)', async ({ mode, how }) => {
  const tree = { 'kept/directory/file.txt': `inside ${secretText}\n`, 'stays.txt': 'inside\n' }
  // To a clock that is ahead all files are old: their signatures prove them, and what is stored is served.
  const clock = new FakeClock(Date.now() + 3_600_000)
  await using open = await openAgent(tree, { cacheFreshness: mode, longLived: true, clock })
  const file = 'kept/directory/file.txt'
  const calls = [...readingCalls(file), ...below]
  await runAll(open.agent, calls)
  const warm = await runAll(open.agent, calls)
  expect(warm.filter(({ ok }) => !ok)).toEqual([])
  expect(warm.filter(leaks).length).toBeGreaterThan(5)
  expect(warm.filter(({ cache }) => cache.outcome === 'hit').length).toBeGreaterThan(8)
  const depart: ((open: TestAgent) => void) | undefined = Object.entries(departures).find(([name]) => name === how)?.[1]
  depart?.(open)
  // A cache by path and time of change, or a check of the path's beginning, goes on giving the bytes.
  expect(naiveTools(open.root).read(file)).toContain(secretText)
  for (const results of [await runAll(open.agent, calls), await runAll(open.agent, calls)]) {
    expect(codesOf(results.slice(0, 6))).toEqual(Array.from({ length: 6 }, () => 'PATH_OUTSIDE_ROOT'))
    expect(results.filter(leaks)).toEqual([])
    expect(results.slice(6).map(({ ok }) => ok)).not.toContain(false)
    expect(results[6]?.data).toMatchObject({ matches: [{ path: 'stays.txt' }] })
  }
  await using later = await createAgent({
    dataRoot: open.root,
    cacheDirectory: join(open.outside, 'cache'),
    cacheFreshness: mode,
    longLived: true,
    clock,
  })
  // Another process finds the same entries on disk.
  const results = await runAll(later, calls)
  expect(codesOf(results.slice(0, 6))).toEqual(Array.from({ length: 6 }, () => 'PATH_OUTSIDE_ROOT'))
  expect(results.filter(leaks)).toEqual([])
})

test.each(modes)('what came back inside is answered again (%s)', async (mode) => {
  await using open = await openAgent({ 'a/file.txt': 'first\n' }, { cacheFreshness: mode, longLived: true })
  const { root, outside, agent } = open
  const text = async (): Promise<unknown> =>
    (await agent.runTool('cat', { path: 'a/file.txt' })).error?.code ??
    (await agent.runTool('grep', { pattern: '.' })).text
  expect(await text()).toBe('a/file.txt:1:first\n')
  renameSync(join(root, 'a'), join(outside, 'a'))
  symlinkSync('../a', join(root, 'a'))
  expect(await text()).toBe('PATH_OUTSIDE_ROOT')
  rmSync(join(root, 'a'))
  mkdirSync(join(root, 'a'))
  writeFileSync(join(root, 'a/file.txt'), 'again\n')
  expect(await text()).toBe('a/file.txt:1:again\n')
})
