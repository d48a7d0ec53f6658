import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { TreeIndex } from '../src/tree-index.js'
import type { FreshnessWarning } from '../src/tree-index-options.js'

const fixture = fileURLToPath(new URL('fixtures/limited-watches.mjs', import.meta.url))

test.for([
  ['max_inotify_watches', '3'],
  ['max_inotify_instances', '0'],
] as const)('an index scans when %s is reached, and warns once', ([limit, value], context) => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a/b/c/file': 'x', 'd/e/file': 'x', 'f/file': 'x' })
  const { status, stdout } = spawnSync('unshare', ['-Ur', process.execPath, fixture, directory.path, limit, value], {
    encoding: 'utf8',
  })
  if (status !== 0) context.skip('user namespaces cannot be made here')
  const { mode, reason, warnings, entries } = JSON.parse(stdout)
  expect([mode, entries]).toEqual(['scan', 11])
  expect(warnings).toEqual([expect.stringContaining('limit fs.inotify.max_user_')])
  expect(reason).toContain('limit fs.inotify.max_user_')
})

test('an index scans a file system that is not known to tell of changes, and says why', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux has such a file system everywhere')
  const warnings: FreshnessWarning[] = []
  using root = await DataRoot.open('/proc/self/fdinfo')
  await using index = await TreeIndex.open({ root, longLived: true, onWarning: (warning) => warnings.push(warning) })
  expect([index.mode, warnings.length]).toEqual(['scan', 1])
  expect(index.reason).toMatch(/file system is not known/u)
  await index.sync()
  expect(index.children('').length).toBeGreaterThan(0)
})

test('auto watches where the process lives long and the file system tells of changes, and says what it does', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using lasting = await TreeIndex.open({ root, longLived: true })
  await using short = await TreeIndex.open({ root })
  const modes = [(await lasting.sync()).mode, (await short.sync()).mode]
  expect(modes).toEqual(process.platform === 'linux' ? ['watch', 'scan'] : ['scan', 'scan'])
  expect([lasting.reason, short.reason]).toEqual([
    process.platform === 'linux'
      ? 'auto watches in a process that lives long'
      : expect.stringContaining('auto would watch'),
    'auto scans in a process that may end at once',
  ])
})

test('watches end with the index, and are closed one by one when directories go', async () => {
  using directory = temporaryDirectory()
  for (let number = 0; number < 50; number += 1) writeTree(directory.path, { [`d${number}/sub/file`]: 'x' })
  using root = await DataRoot.open(directory.path)
  const before = countWatches()
  const index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  expect(countWatches() - before).toBe(101)
  using outside = temporaryDirectory()
  renameSync(directory.join('d0'), outside.join('d0'))
  await index.sync()
  while (countWatches() - before !== 99) await new Promise(setImmediate)
  await index.close()
  expect(countWatches()).toBe(before)
})

test('a thread that only watches ends by itself', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'sub/file': 'x' })
  const library = new URL('../dist/index.js', import.meta.url).href
  const code = `
    import(${JSON.stringify(library)}).then(async ({ DataRoot, TreeIndex }) => {
      const root = await DataRoot.open(${JSON.stringify(directory.path)})
      const index = await TreeIndex.open({ root, freshness: 'watch' })
      await index.sync()
    })`
  const [exitCode] = await once(new Worker(code, { eval: true, execArgv: [] }), 'exit')
  expect(exitCode).toBe(0)
})

test('callers of one moment share one sync, and each sees what was written before its call', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  await using index = await TreeIndex.open({ root, freshness: 'watch' })
  await index.sync()
  const calls: Promise<boolean>[] = []
  for (let number = 0; number < 200; number += 1) {
    writeTree(directory.path, { [`d${number % 7}/${number}`]: 'x' })
    calls.push(index.sync().then(() => index.entry(`d${number % 7}/${number}`) !== undefined))
    if (number % 5 === 0) await new Promise(setImmediate)
  }
  expect(await Promise.all(calls)).not.toContain(false)
  const [first, second] = await Promise.all([index.sync(), index.sync()])
  expect(first).toBe(second)
})

/** How many watches this process has. */
function countWatches(): number {
  const texts = readdirSync('/proc/self/fdinfo').map((name) => readIfThere(`/proc/self/fdinfo/${name}`))
  return texts.join('\n').match(/^inotify wd/gmu)?.length ?? 0
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
