import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { parseSettings } from '../../src/settings/parse-settings.js'
import { openOneCallTools } from '../../src/tools/one-call-tools.js'
import type { ToolResult } from '../../src/tools/tool-result.js'
import { openAgent, type TestAgent } from '../support/open-agent.js'
import { leaks, readingCalls, secretName, secretText, type Call } from './support/every-tool.js'
import { naiveTools } from './support/naive-tools.js'

const fixture = fileURLToPath(new URL('../fixtures/flip-links.mjs', import.meta.url))
/** `npm run sandbox -- --reads 50000 --searches 500` asks for long runs; the short ones are those of `npm test`. */
const reads = Number(process.env['FSAGENT_SANDBOX_READS'] ?? 150)
const searches = Number(process.env['FSAGENT_SANDBOX_SEARCHES'] ?? 8)
const patienceMs = 60_000 + 20 * reads + 2_000 * searches
const fileCount = 100
const insideText = 'inside\n'

/** More than 64 files, so that searches of all of them go by paths, those of a few by descriptors. */
function filesOf(text: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: fileCount }, (_, index) => [`f${index}.txt`, text]))
}

const readCalls: readonly Call[] = [
  ...['victim/f0.txt', 'victim/sub/f1.txt', 'single.txt'].flatMap((path) => [
    ...readingCalls(path),
    ['smart_cat', { paths: [path, 'stays.txt'] }] as const,
  ]),
  ['ls', { path: 'victim', long: true }],
  ['tree', { path: '.' }],
]
const searchCalls: readonly Call[] = [
  ['grep', { pattern: 'inside|SECRET' }],
  ['grep', { pattern: 'inside|SECRET', path: 'victim', context: 1 }],
  ['grep', { pattern: 'SECRET', mode: 'files' }],
  ['grep', { pattern: 'inside|SECRET', mode: 'count' }],
  ['grep', { pattern: 'inside|SECRET', path: 'single.txt' }],
  ['grep', { pattern: 'inside', glob: 'f1*.txt' }],
  ['find', { name: '*' }],
  ['find', { path: 'victim', name: '*.txt', sort: 'largest' }],
]

/** How an agent is used: by a process that stays, in both ways of being current, or by one for each call. */
const uses = ['scan', 'watch', 'one call'] as const

test.each(uses)(
  'while a process exchanges a directory and a file for links to outside, 0 bytes come from there (%s)',
  async (use) => {
    await using open = await openFlippedTree(use === 'watch' ? 'watch' : 'scan')
    const run = use === 'one call' ? runOnce(open) : open.agent.runTool.bind(open.agent)
    const attacker = fork(fixture, [open.root, join(open.outside, 'elsewhere')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    try {
      await once(attacker, 'message')
      const read = await attempt(run, readCalls, reads)
      const searched = await attempt(run, searchCalls, searches)
      const naive = naiveLeaks(open.root)
      process.stdout.write(`${use} ${JSON.stringify({ read, searched, naive })}\n`)
      expect([read.leaks, searched.leaks]).toEqual([[], []])
      expect(Math.min(read.answered, read.refused, searched.answered)).toBeGreaterThan(0)
      expect(naive.leaks).toBeGreaterThan(0)
    } finally {
      attacker.kill('SIGKILL')
      await once(attacker, 'exit')
    }
  },
  patienceMs,
)

async function openFlippedTree(mode: 'scan' | 'watch'): Promise<TestAgent> {
  const open = await openAgent(
    { 'single.txt': insideText, 'stays.txt': insideText },
    { cacheFreshness: mode, longLived: true },
  )
  // Another length, so that sizes and counts tell the two apart as well.
  const outside = filesOf(`${secretText}\ninside\n`)
  writeTree(open.root, below('victim', filesOf(insideText)))
  writeTree(open.outside, below('elsewhere', { ...outside, [secretName]: secretText }))
  return open
}

function below(directory: string, files: Record<string, string>): Record<string, string> {
  const both = Object.entries(files).flatMap(([name, text]) => [
    [`${directory}/${name}`, text],
    [`${directory}/sub/${name}`, text],
  ])
  return Object.fromEntries(both)
}

interface Attempts {
  answered: number
  refused: number
  readonly leaks: string[]
}

type Run = (tool: string, given: object) => Promise<ToolResult>

function runOnce({ root }: TestAgent): Run {
  const { settings } = parseSettings({ flags: { dataRoot: root } })
  return async (tool, given) => {
    await using tools = await openOneCallTools({ settings, patienceMs: Infinity })
    return await tools.run(tool, given)
  }
}

async function attempt(run: Run, calls: readonly Call[], times: number): Promise<Attempts> {
  const seen: Attempts = { answered: 0, refused: 0, leaks: [] }
  for (let round = 0; round < times; round += 1) {
    const [tool, given] = calls[round % calls.length] ?? ['', {}]
    const result = await run(tool, given)
    if (result.ok) seen.answered += 1
    if (result.error?.code === 'PATH_OUTSIDE_ROOT') seen.refused += 1
    const said = JSON.stringify(result.data)
    // Sizes, numbers of lines and counts of files outside differ from those inside; directories and links have their own.
    const measures = said.replaceAll(/"kind":"(directory|symlink|other)","size":\d+/g, '')
    const isOther = /"(size|bytes)":(?!7\b|14\b)\d+,|"total_lines":2|"count":2|"lines":2/.test(measures)
    if (leaks(result) || isOther) seen.leaks.push(`${tool} ${JSON.stringify(given)}: ${said}`)
  }
  return seen
}

/** What a check of the path before the reading lets through. */
function naiveLeaks(root: string): { readonly tried: number; readonly leaks: number } {
  const naive = naiveTools(root)
  let leaked = 0
  let tried = 0
  while (leaked === 0 && tried < 100_000) {
    tried += 1
    if (naive.read('victim/f0.txt')?.includes(secretText) === true) leaked += 1
  }
  return { tried, leaks: leaked }
}
