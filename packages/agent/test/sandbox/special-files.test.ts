import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { ToolResult } from '../../src/tools/tool-result.js'
import { openAgent } from '../support/open-agent.js'
import { childrenWith } from '../support/search-processes.js'
import { codesOf, everyCall, readingCalls, runAll } from './support/every-tool.js'
import { codeOf, naiveTools } from './support/naive-tools.js'

const growing = fileURLToPath(new URL('../fixtures/growing-file.mjs', import.meta.url))
const tenGigabytes = 10 * 1024 ** 3
const deepest = 10_000
const readers = 6

test('FIFOs, sockets, devices and links to them are refused at once, and searches pass over them', async () => {
  await using open = await openAgent({ 'a.txt': 'word\n' })
  const { agent, root } = open
  execFileSync('mkfifo', [join(root, 'fifo')])
  writeTree(root, { 'to-fifo': { link: 'fifo' }, zero: { link: '/dev/zero' } })
  const server = createServer().listen(join(root, 'socket'))
  await once(server, 'listening')
  const hasDevice =
    codeOf(() => execFileSync('mknod', [join(root, 'device'), 'c', '1', '5'], { stdio: 'ignore' })) === undefined
  for (const path of ['fifo', 'to-fifo', 'socket', ...(hasDevice ? ['device'] : [])]) {
    const codes = codesOf(await runAll(agent, everyCall(path)))
    expect(codes.slice(0, readers + 1), path).toEqual(Array.from({ length: readers + 1 }, () => 'NOT_A_REGULAR_FILE'))
    expect(codes.slice(readers + 1), path).not.toContain(undefined)
  }
  expect(new Set(codesOf(await runAll(agent, everyCall('zero'))))).toEqual(new Set(['PATH_OUTSIDE_ROOT']))
  expect(await agent.runTool('grep', { pattern: 'word' })).toMatchObject({ ok: true, text: 'a.txt:1:word\n' })
  // Nobody writes into the FIFO, and /dev/zero has no end: a naive cat waits until it is killed, or is drowned.
  expect(codeOf(() => naiveTools(root).cat('fifo'))).toBe('ETIMEDOUT')
  expect(codeOf(() => naiveTools(root).cat('zero'))).toMatch(/ENOBUFS|ETIMEDOUT/)
  server.close()
})

test('a file of 10 GB without content costs no more than its beginning and end, or a time limit', async () => {
  await using open = await openAgent({ 'a.txt': 'word\n' }, { commandTimeout: 1 })
  writeFileSync(join(open.root, 'sparse'), '')
  truncateSync(join(open.root, 'sparse'), tenGigabytes)
  const before = process.memoryUsage.rss()
  const results = await runAll(open.agent, readingCalls('sparse'))
  const outcomes = Object.fromEntries(results.map((result) => [result.tool, result.error?.code]))
  const binary = { cat: 'FILE_BINARY', head: 'FILE_BINARY', tail: 'FILE_BINARY', smart_read: 'FILE_BINARY' }
  expect(outcomes).toEqual({ ...binary, preview: undefined, wc: 'TOOL_TIMEOUT' })
  const search = await open.agent.runTool('grep', { pattern: 'marker-sparse' })
  expect(search.error?.code).toMatch(/TOOL_TIMEOUT|SEARCH_TIMEOUT/)
  const lines = await open.agent.runTool('grep', { pattern: 'marker-sparse\\nx', multiline: true })
  expect(lines.error?.code).toMatch(/TOOL_TIMEOUT|SEARCH_TIMEOUT|SEARCH_MEMORY_EXCEEDED/)
  await until(() => childrenWith('marker-sparse').length === 0)
  expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000)
  expect(codeOf(() => naiveTools(open.root).cat('sparse'))).toMatch(/ENOBUFS|ETIMEDOUT/)
})

test('a file that grows without end is answered with what there was, in bounded memory', async () => {
  await using open = await openAgent({}, { commandTimeout: 2 })
  const path = join(open.root, 'growing.txt')
  const writer = fork(growing, [path], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    await once(writer, 'message')
    const before = process.memoryUsage.rss()
    const results = await runAll(open.agent, everyCall('growing.txt').slice(0, readers + 3))
    expect(results.filter(({ ok, error }) => !ok && !/TIMEOUT|TOO_LARGE/.test(error?.code ?? ''))).toEqual([])
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(readers - 1)
    expect(results.filter(isTooLong)).toEqual([])
    expect(process.memoryUsage.rss() - before).toBeLessThan(500_000_000)
    // By then it prints more than it takes.
    await until(() => codeOf(() => naiveTools(open.root).cat('growing.txt')) === 'ENOBUFS')
  } finally {
    writer.kill('SIGKILL')
    await once(writer, 'exit')
  }
})

test(`directories ${deepest} deep are listed and searched as far as a path can name them`, async () => {
  await using open = await openAgent({ 'top.txt': 'word\n' })
  makeDeep(open.root)
  try {
    const found = await open.agent.runTool('grep', { pattern: 'word' })
    expect(found).toMatchObject({
      ok: true,
      total: 1,
      data: { skipped: { unreadable: [expect.stringMatching(/^(d\/)+d$/)] } },
    })
    expect(await open.agent.runTool('tree', { depth: 100 })).toMatchObject({ ok: true, shown: 101 })
    expect(await open.agent.runTool('ls', { path: 'd/'.repeat(1_900) })).toMatchObject({ ok: true, shown: 1 })
    const bottom = codesOf(await runAll(open.agent, everyCall(`${'d/'.repeat(deepest)}bottom.txt`)))
    expect(new Set(bottom)).toEqual(new Set(['PATH_INVALID']))
    // A walk by paths ends with an error somewhere.
    expect(codeOf(() => readdirSync(join(open.root, 'd/'.repeat(deepest))))).toBe('ENAMETOOLONG')
  } finally {
    // Too deep for Node to remove.
    execFileSync('rm', ['-rf', join(open.root, 'd')])
  }
})

function makeDeep(root: string): void {
  const here = process.cwd()
  try {
    process.chdir(root)
    for (let level = 0; level < deepest; level += 1) {
      mkdirSync('d')
      process.chdir('d')
    }
    writeFileSync('bottom.txt', 'word\n')
  } finally {
    process.chdir(here)
  }
}

function isTooLong({ text }: ToolResult): boolean {
  return Buffer.byteLength(text) > 60_000
}
