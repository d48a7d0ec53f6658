import { chmodSync, existsSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs'
import { isAlive, runWithTimeLimits, temporaryDirectory, until, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { RipgrepEngine } from '../../src/engine/ripgrep-engine.js'
import { SearchError } from '../../src/search-error.js'
import { plainQuery } from '../support/plain-query.js'

test('search() splits more files than fit on one command line into several runs', async () => {
  using directory = temporaryDirectory()
  const name = (index: number): string => `${'long-name-'.repeat(20)}${index}`
  writeTree(
    directory.path,
    Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [name(index), index % 1000 === 7 ? 'needle\n' : 'x\n']),
    ),
  )
  const paths = Array.from({ length: 3000 }, (_, index) => name(index))
  const report = await new RipgrepEngine().search(plainQuery, { by: 'path', directory: directory.path, paths })
  expect([...report.matches.keys()].sort()).toEqual([name(7), name(1007), name(2007)].sort())
})

test('search() names files that it cannot open, and searches the others', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'a: b': 'needle\n' })
  const target = { by: 'path', directory: directory.path, paths: ['a: b', 'not: there (os error 2)', 'gone'] } as const
  const report = await new RipgrepEngine().search(plainQuery, target)
  expect([...report.matches.keys()]).toEqual(['a: b'])
  expect([...report.unreadable].sort()).toEqual(['gone', 'not: there (os error 2)'])
})

test('search() reads descriptors from their beginning, whatever their position', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { a: 'needle a\n', b: 'x\nneedle b\n' })
  const descriptors = ['a', 'b'].map((name) => openSync(directory.join(name), 'r'))
  try {
    const [first = 0] = descriptors
    readFileSync(first)
    const report = await new RipgrepEngine().search(plainQuery, { by: 'descriptor', paths: ['A', 'B'], descriptors })
    const lines = [...report.matches].map(([path, { lines }]) => [
      path,
      lines.map(({ line, bytes }) => [line, String(bytes)]),
    ])
    expect(Object.fromEntries(lines)).toEqual({ A: [[1, 'needle a']], B: [[2, 'needle b']] })
  } finally {
    descriptors.forEach((descriptor) => closeSync(descriptor))
  }
})

/** A stand-in for ripgrep that starts a child of its own and never ends. */
function sleepingExecutable(path: string, pidFile: string): void {
  writeFileSync(path, `#!/bin/sh\nsleep 600 &\necho $! > ${pidFile}.new\nmv ${pidFile}.new ${pidFile}\nwait\n`)
  chmodSync(path, 0o755)
}

const oneFile = { by: 'path', paths: ['rg'] } as const

test('search() leaves no process behind after a timeout', async () => {
  using directory = temporaryDirectory()
  const pidFile = directory.join('pid')
  sleepingExecutable(directory.join('rg'), pidFile)
  const end = async (timeoutSeconds: number): Promise<void> => {
    const engine = new RipgrepEngine({ executable: directory.join('rg'), timeoutSeconds })
    const search = engine.search(plainQuery, { ...oneFile, directory: directory.path })
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' })
  }
  await runWithTimeLimits(end, () => existsSync(pidFile))
  await expectEnd(pidFile)
})

test('search() leaves no process behind after an abort', async () => {
  using directory = temporaryDirectory()
  const pidFile = directory.join('pid')
  sleepingExecutable(directory.join('rg'), pidFile)
  const engine = new RipgrepEngine({ executable: directory.join('rg'), timeoutSeconds: 30 })
  const controller = new AbortController()
  const search = engine.search(plainQuery, { ...oneFile, directory: directory.path }, controller.signal)
  const failure = codeOf(search)
  await until(() => existsSync(pidFile))
  controller.abort()
  expect(await failure).toBe('SEARCH_ABORTED')
  await expectEnd(pidFile)
})

async function expectEnd(pidFile: string): Promise<void> {
  const pid = Number(readFileSync(pidFile, 'utf8'))
  await until(() => !isAlive(pid))
  expect(isAlive(pid)).toBe(false)
}

test('search() stops when more is printed than the limit', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { a: 'needle\n'.repeat(100_000) })
  const engine = new RipgrepEngine({ outputLimitBytes: 10_000 })
  const search = engine.search(plainQuery, { by: 'path', directory: directory.path, paths: ['a'] })
  await expect(search).rejects.toMatchObject({ code: 'SEARCH_RESULT_TOO_LARGE' })
})

test('search() counts what it takes to keep a line, however short it is', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { a: 'needle\n'.repeat(1_000) })
  const target = { by: 'path', directory: directory.path, paths: ['a'] } as const
  const search = async (outputLimitBytes: number): Promise<unknown> =>
    new RipgrepEngine({ outputLimitBytes }).search(plainQuery, target)
  await expect(search(100_000)).rejects.toMatchObject({ code: 'SEARCH_RESULT_TOO_LARGE' })
  await search(200_000)
})

test('search() ends a child that takes too much memory', { skip: !existsSync('/proc/self/status') }, async () => {
  using directory = temporaryDirectory()
  sleepingExecutable(directory.join('rg'), directory.join('pid'))
  const engine = new RipgrepEngine({ executable: directory.join('rg'), memoryLimitBytes: 100_000 })
  const search = engine.search(plainQuery, { by: 'path', directory: directory.path, paths: ['rg'] })
  await expect(search).rejects.toMatchObject({ code: 'SEARCH_MEMORY_EXCEEDED' })
})

test('search() says when ripgrep cannot be started or fails', async () => {
  using directory = temporaryDirectory()
  const target = { by: 'path', directory: directory.path, paths: ['a'] } as const
  const missing = new RipgrepEngine({ executable: directory.join('nothing') }).search(plainQuery, target)
  await expect(missing).rejects.toMatchObject({ code: 'SEARCH_ENGINE_FAILED' })
  writeFileSync(directory.join('rg'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 })
  const killed = new RipgrepEngine({ executable: directory.join('rg') }).search(plainQuery, target)
  await expect(killed).rejects.toMatchObject({ code: 'SEARCH_ENGINE_FAILED' })
})

test('search() uses neither the configuration file nor the environment of the user', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { a: 'NEEDLE\n', config: '--ignore-case\n' })
  process.env['RIPGREP_CONFIG_PATH'] = directory.join('config')
  try {
    const report = await new RipgrepEngine().search(plainQuery, { by: 'path', directory: directory.path, paths: ['a'] })
    expect(report.matches.size).toBe(0)
  } finally {
    delete process.env['RIPGREP_CONFIG_PATH']
  }
})

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    return error instanceof SearchError ? error.code : String(error)
  }
}
