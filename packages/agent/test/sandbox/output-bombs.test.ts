import { execFileSync } from 'node:child_process'
import { linkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { codeOf, naiveTools } from './support/naive-tools.js'

const fixture = fileURLToPath(new URL('../fixtures/output-bombs.mjs', import.meta.url))
const megabyte = 1_000_000
/** 100 names of one file of 100 MB: together they are 10 GB. */
const nameCount = 100
const paths = Array.from({ length: nameCount }, (_, index) => `big/${index}.txt`)
const line = `${'a line that matches '.repeat(5).slice(0, 99)}\n`

interface Report {
  readonly outcomes: readonly { readonly tool: string; readonly characters: number; readonly code: string | null }[]
  readonly mostKibibytes: number
}

/** Calls in a process of its own, whose memory is counted. */
function report(root: string, seconds: number, calls: readonly (readonly [string, object])[]): Report {
  const output = execFileSync(process.execPath, [fixture, root, JSON.stringify(calls), String(seconds)], {
    encoding: 'utf8',
  })
  const given: Report = JSON.parse(output)
  return given
}

test('memory stays bounded while 10 GB would be printed', () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'big/': '' })
  writeFileSync(directory.join('big/0.txt'), line.repeat(megabyte))
  for (const path of paths.slice(1)) linkSync(directory.join('big/0.txt'), directory.join(path))
  const { outcomes, mostKibibytes } = report(directory.path, 1, [
    ['grep', { pattern: 'line', limit: 0 }],
    ['smart_cat', { paths, limit: 0 }],
  ])
  const codes = outcomes.map(({ code }) => code)
  expect(codes[0]).toMatch(/SEARCH_RESULT_TOO_LARGE|TIMEOUT/)
  expect(['TOOL_TIMEOUT', null]).toContain(codes[1])
  expect(outcomes.every(({ characters }) => characters <= 110 * megabyte)).toBe(true)
  expect(mostKibibytes).toBeLessThan(900 * 1024)
  // A naive child prints into a buffer until that is full, and nothing is left of the answer.
  expect(codeOf(() => naiveTools(directory.path).grep('line'))).toMatch(/ENOBUFS|ETIMEDOUT/)
})

test('memory stays bounded when millions of short lines match or are context', () => {
  using directory = temporaryDirectory()
  const lines = 1_100_000
  writeTree(directory.path, { 'short.txt': 'm\n'.repeat(lines), 'empty.txt': `${'\n'.repeat(lines)}x\n` })
  const { outcomes, mostKibibytes } = report(directory.path, 30, [
    ['grep', { pattern: 'm', path: 'short.txt' }],
    ['grep', { pattern: 'x', path: 'empty.txt', context: 2 * lines }],
    ['grep', { pattern: 'm', path: 'short.txt', mode: 'count' }],
  ])
  expect(outcomes.map(({ code }) => code)).toEqual(['SEARCH_RESULT_TOO_LARGE', 'SEARCH_RESULT_TOO_LARGE', null])
  expect(mostKibibytes).toBeLessThan(700 * 1024)
})
