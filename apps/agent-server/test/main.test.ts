import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import type { TemporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { documents } from './open-test-server.js'

const bin = fileURLToPath(new URL('../bin/fsagent-server.js', import.meta.url))

test('the server prints its address, answers, and ends with 0 on SIGTERM', async () => {
  using directory = treeWithDocuments()
  const child = start(directory, ['--port', '0'])
  const stderr = text(child.stderr)
  const url = await addressOf(child)
  expect(new URL(url)).toMatchObject({ hostname: '127.0.0.1' })
  const response = await fetch(`${url}/health`)
  expect(await response.json()).toEqual({ status: 'ok', cache: 'owner' })
  const statistics: unknown = await (await fetch(`${url}/api/cache/stats`)).json()
  const mode = process.platform === 'linux' ? 'watch' : 'scan'
  expect(statistics).toMatchObject({ new_cache: { configuration: { freshness: 'auto', freshness_mode: mode } } })
  child.kill('SIGTERM')
  expect(await exitCodeOf(child)).toBe(0)
  for (const line of (await stderr).trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) })
})

test('the server reads .env, which the environment overrides', async () => {
  using directory = treeWithDocuments()
  writeFileSync(directory.join('.env'), 'PORT=1\nLOG_LEVEL=SILENT\nCACHE_DIRECTORY=elsewhere\n')
  const child = start(directory, [], { PORT: '0' })
  const stderr = text(child.stderr)
  await addressOf(child)
  child.kill('SIGINT')
  expect(await exitCodeOf(child)).toBe(0)
  expect(await stderr).toBe('')
  expect(existsSync(directory.join('elsewhere'))).toBe(true)
})

test('the server is rolled back to v2 by its environment alone, and says that it has no users to choose from', async () => {
  using directory = treeWithDocuments()
  writeFileSync(directory.join('.env'), 'USE_NEW_CACHE=true\nCACHE_ROLLOUT_PERCENT=10\n')
  const child = start(directory, [], { PORT: '0', USE_NEW_CACHE: 'false', CACHE_ENABLED: 'true' })
  const stderr = text(child.stderr)
  const url = await addressOf(child)
  for (const outcome of ['bypass', 'hit']) {
    const response = await fetch(`${url}/api/tools/ls`, { method: 'POST' })
    expect(await response.json()).toMatchObject({ ok: true, cache: { outcome } })
  }
  const statistics: unknown = await (await fetch(`${url}/api/cache/stats`)).json()
  expect(statistics).toMatchObject({ old_cache: { enabled: true, hits: 1 }, new_cache: { enabled: false } })
  child.kill('SIGTERM')
  expect(await exitCodeOf(child)).toBe(0)
  expect(existsSync(directory.join('tmp'))).toBe(false)
  expect(await stderr).toContain('"code":"SETTING_WITHOUT_EFFECT"')
})

test('the server ends with one clear line when the port is in use', async () => {
  using directory = treeWithDocuments()
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const run = await finished(start(directory, ['--port', String(port)], { LOG_LEVEL: 'ERROR' }))
  taken.close()
  expect(run).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `fsagent-server: SERVER_ADDRESS_IN_USE: Cannot listen at "127.0.0.1:${port}": the port is in use\n`,
  })
})

const refusals = [
  {
    what: 'an address that others can reach without a key',
    args: ['--host', '0.0.0.0'],
    exitCode: 1,
    code: 'SERVER_KEY_REQUIRED',
  },
  { what: 'a port out of range', args: ['--port', '70000'], exitCode: 2, code: 'SETTING_INVALID' },
  { what: 'an unknown flag', args: ['--prot', '1'], exitCode: 2, code: 'SERVER_USAGE' },
  { what: 'a key as a flag', args: ['--fsagent-api-key', 'x'], exitCode: 2, code: 'SERVER_USAGE' },
  { what: 'a missing data root', args: ['--data-root', 'none'], exitCode: 1, code: 'ROOT_NOT_FOUND' },
] as const

test.each(refusals)('the server refuses $what and leaves no cache behind', async ({ args, exitCode, code }) => {
  using directory = treeWithDocuments()
  const run = await finished(start(directory, args))
  expect(run).toMatchObject({ exitCode, stdout: '' })
  expect(run.stderr).toMatch(new RegExp(`^fsagent-server: ${code}: .*\\n$`))
  expect(existsSync(directory.join('tmp'))).toBe(false)
})

test('the server refuses a working directory that is gone', () => {
  using directory = treeWithDocuments()
  const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
  const run = spawnSync('sh', ['-c', script, 'sh', process.execPath, bin], { cwd: directory.path, encoding: 'utf8' })
  expect(run).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^fsagent-server: WORKING_DIRECTORY_GONE: [^\n]*\n$/),
  })
})

function treeWithDocuments(): TemporaryDirectory {
  const directory = temporaryDirectory()
  writeTree(directory.path, documents)
  return directory
}

function start({ path }: TemporaryDirectory, args: readonly string[], environment: Record<string, string> = {}) {
  return spawn(process.execPath, [bin, ...args], {
    cwd: path,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  })
}

async function addressOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^fsagent server listening at (http:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('Cannot find the address: the server ended')
}

async function exitCodeOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', resolve)
  })
}

async function finished(child: ChildProcessWithoutNullStreams) {
  const [exitCode, stdout, stderr] = await Promise.all([exitCodeOf(child), text(child.stdout), text(child.stderr)])
  return { exitCode, stdout, stderr }
}
